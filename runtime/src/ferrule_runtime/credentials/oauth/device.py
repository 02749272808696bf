"""A sign-in on another device (RFC 8628): the codes that the service gives, and how to wait."""

from typing import Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.oauth.grants import DEVICE_CODE
from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.frozen import Frozen

# RFC 8628, 3.2 and 3.5.
USUAL_INTERVAL_SECONDS = 5.0
USUAL_LIFETIME_SECONDS = 600.0


class DeviceCode(Frozen):
    """What a person needs to say yes on another device. The device code itself is a secret.

    `expires_at` is a moment of the monotonic clock in seconds.
    """

    __slots__ = (
        "_device_code",
        "expires_at",
        "interval_seconds",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
    )
    user_code: str
    verification_uri: str
    verification_uri_complete: str | None
    interval_seconds: float
    expires_at: float
    _device_code: str

    def __init__(
        self,
        device_code: str,
        user_code: str,
        verification_uri: str,
        *,
        verification_uri_complete: str | None,
        interval_seconds: float,
        expires_at: float,
    ) -> None:
        self._fill(
            _device_code=device_code,
            user_code=user_code,
            verification_uri=verification_uri,
            verification_uri_complete=verification_uri_complete,
            interval_seconds=interval_seconds,
            expires_at=expires_at,
        )

    def __repr__(self) -> str:
        return f"DeviceCode({self.user_code!r}, {self.verification_uri!r}, device code hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a device code cannot be pickled: it is a secret")

    @property
    def fields(self) -> Hidden:
        """The parameters that ask whether the person has said yes (RFC 8628, 3.4)."""
        return Hidden(grant_type=DEVICE_CODE, device_code=self._device_code)


def device_code_of(answer: Answer, now: float) -> tuple[DeviceCode | None, str]:
    """The codes of an answer, or what it lacks. `now` is a moment of the monotonic clock."""
    tree: Any = answer.tree if isinstance(answer.tree, dict) else {}
    # Some services say verification_url, as drafts of the standard did.
    uri = tree.get("verification_uri") or tree.get("verification_url")
    words = {"device_code": tree.get("device_code"), "user_code": tree.get("user_code")}
    missing = [name for name, text in words.items() if not isinstance(text, str) or not text]
    if not isinstance(uri, str) or not uri.startswith(("https://", "http://")):
        missing.append("verification_uri")
    if missing:
        return None, f"the answer holds no {' and no '.join(missing)}"
    complete = tree.get("verification_uri_complete")
    is_url = isinstance(complete, str) and complete.startswith(("https://", "http://"))
    made = DeviceCode(
        words["device_code"],
        words["user_code"],
        uri,
        verification_uri_complete=complete if is_url else None,
        interval_seconds=_seconds(tree.get("interval"), USUAL_INTERVAL_SECONDS),
        expires_at=now + _seconds(tree.get("expires_in"), USUAL_LIFETIME_SECONDS),
    )
    return made, ""


def _seconds(value: Any, usual: float) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 1e6 else usual
