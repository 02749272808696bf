"""One token's place in a store: what is kept of it, and the lock under which it is replaced."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ferrule_runtime.stores import StoreFault, TokenStore
from ferrule_runtime.wire import Flow, Pause, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy

# How long a lock is left alone before it is tried again: short at first, then longer.
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.25
_NO_TIME = "the wait for a token that another process fetches took too long"


class KeptToken:
    """A token as it is kept. Times are seconds since the epoch; its repr and pickles show nothing.

    `captured` are further values of the answer that brought it. `given` marks the refresh token
    that an installer gave, from which this one descends. `needs_person` is set when the service
    has refused the refresh token for good.
    """

    __slots__ = (
        "access_token",
        "captured",
        "expires_at",
        "given",
        "needs_person",
        "obtained_at",
        "refresh_token",
        "scopes",
    )

    def __init__(
        self,
        access_token: str = "",
        refresh_token: str | None = None,
        *,
        obtained_at: float = 0.0,
        expires_at: float | None = None,
        scopes: tuple[str, ...] = (),
        captured: Mapping[str, Any] | None = None,
        given: str = "",
        needs_person: bool = False,
    ) -> None:
        self.access_token = access_token
        self.refresh_token = refresh_token
        self.obtained_at = obtained_at
        self.expires_at = expires_at
        self.scopes = scopes
        self.captured: Mapping[str, Any] = captured or {}
        self.given = given
        self.needs_person = needs_person

    def __repr__(self) -> str:
        return f"KeptToken(expires_at={self.expires_at}, scopes={self.scopes}: hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a token cannot be pickled or copied: it is a secret")

    def texts(self) -> list[str]:
        """What of it must never be shown; of what came with it, what may be a token itself."""
        captured = [text for text in self.captured.values() if isinstance(text, str)]
        # Names and addresses are shorter, or have a scheme.
        secret = [text for text in captured if len(text) >= 20 and "://" not in text]
        return [text for text in (self.access_token, self.refresh_token) if text] + secret

    def as_text(self) -> str:
        """The form in which it is stored: a JSON object."""
        return json.dumps(
            {name: getattr(self, name) for name in KeptToken.__slots__}, sort_keys=True
        )

    @classmethod
    def from_text(cls, text: str | None) -> "KeptToken | None":
        """What `as_text` made; None for what is nothing of ours."""
        try:
            fields = json.loads(text or "null")
            return cls(
                _text(fields["access_token"]) or "",
                _text(fields["refresh_token"]),
                obtained_at=float(fields["obtained_at"]),
                expires_at=None if fields["expires_at"] is None else float(fields["expires_at"]),
                scopes=tuple(map(str, fields["scopes"])),
                captured=dict(fields["captured"]),
                given=str(fields["given"]),
                needs_person=bool(fields["needs_person"]),
            )
        except (KeyError, TypeError, ValueError, RecursionError):
            return None


class Shelf:
    """Where one token is kept. Its faults name the store, never what it holds."""

    __slots__ = ("key", "store")

    def __init__(self, store: TokenStore, key: str) -> None:
        self.store = store
        self.key = key

    def __repr__(self) -> str:
        return f"Shelf({self.store!r}, {self.key})"

    def load(self) -> KeptToken | None:
        """What is kept, or None. Raises StoreFault."""
        return KeptToken.from_text(self._done(lambda: self.store.load(self.key)))

    def save(self, kept: KeptToken) -> None:
        """Keep this instead of what is there. Raises StoreFault."""
        text = kept.as_text()
        self._done(lambda: self.store.save(self.key, text))

    def delete(self) -> None:
        """Forget what is kept. Raises StoreFault."""
        self._done(lambda: self.store.delete(self.key))

    def try_lock(self) -> Callable[[], None] | None:
        """The lock, or None where somebody has it. Raises StoreFault; giving it back does not."""
        found: Callable[[], None] | None = self._done(lambda: self.store.try_lock(self.key))
        return None if found is None else lambda: _given_back(found)

    def locked(self, policy: "Policy", deadline: float | None) -> Flow[Callable[[], None]]:
        """Wait for the lock; what gives it back. It is taken without waiting in between, so that
        one who is cancelled never leaves it locked."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            release = self.try_lock()
            if release is not None:
                return release
            left = None if deadline is None else deadline - policy.clock()
            if left is not None and left <= 0.0:
                raise WireFault(
                    _NO_TIME,
                    was_sent=False,
                    is_timeout=True,
                    may_pass=False,
                    is_own_deadline=True,
                )
            yield Pause(pause if left is None else min(pause, left))
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    def _done(self, work: Callable[[], Any]) -> Any:
        reason, may_pass = "", False
        try:
            return work()
        except StoreFault as fault:
            reason, may_pass = str(fault), fault.may_pass
        except OSError as error:
            reason = f"{self.store!r}: {error.strerror or type(error).__name__}"
            may_pass = isinstance(error, (ConnectionError, TimeoutError))
        # Raised out here: no frame that holds a token hangs on it.
        raise StoreFault(reason, may_pass=may_pass)


def _given_back(release: Callable[[], None]) -> None:
    """Give a lock back. What was done under it is done; where this fails, it ends by itself."""
    with suppress(StoreFault, OSError):
        release()


def key_of(connector: str, name: str | None, identity: Any) -> str:
    """The key of a credential: readable in front, behind it what tells it from every other one.

    `identity` is told by its repr and holds no secret.
    """
    import re
    from hashlib import sha256

    whole = repr((connector, name, identity)).encode("utf-8", "surrogatepass")
    words = [re.sub(r"[^A-Za-z0-9]+", "-", word)[:60] for word in (connector, name or "default")]
    return "_".join([*(word.strip("-") or "x" for word in words), sha256(whole).hexdigest()[:24]])


def mark_of(secret: str) -> str:
    """What tells whether a secret is the same as before, and nothing about it."""
    from hashlib import sha256

    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()[:32] if secret else ""


def slow_mark_of(secrets: Iterable[str], salt: str) -> str:
    """The same for secrets that a person may have chosen: guessing them by it takes long."""
    from hashlib import scrypt

    given = repr(sorted(secrets)).encode("utf-8", "surrogatepass")
    return scrypt(given, salt=salt.encode(), n=1 << 14, r=8, p=1, dklen=16).hex()


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
