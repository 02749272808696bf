"""Shows the request that a call would send, with its secrets hidden; nothing is sent."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING, Any

from ferrule_runtime.frozen import Frozen
from ferrule_runtime.secrecy import HIDDEN
from ferrule_runtime.wire import Body, Call

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ferrule_runtime.client import SyncClient

__all__ = ["Preview", "preview"]

_BASIC = "Basic "


class Preview(Frozen):
    """A request as it would be sent. Secrets read `***`, or the stand-ins that were given for them.

    `content` is None where the body is read from a file while it is sent; then `content_length` is
    its size, if that is known. `basic` is `user:password` of basic authentication, decoded.
    """

    __slots__ = ("basic", "content", "content_length", "fetches_token", "headers", "method", "url")
    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes | None
    content_length: int | None
    basic: str | None
    fetches_token: bool

    def __init__(
        self,
        method: str,
        url: str,
        headers: tuple[tuple[str, str], ...],
        content: bytes | None,
        content_length: int | None,
        *,
        basic: str | None,
        fetches_token: bool,
    ) -> None:
        self._fill(
            method=method,
            url=url,
            headers=headers,
            content=content,
            content_length=content_length,
            basic=basic,
            fetches_token=fetches_token,
        )


class _Planned(BaseException):
    """Ends a call where it would be sent. No policy takes it for an error of the service."""

    def __init__(self, call: Call) -> None:
        super().__init__()
        self.call = call


def preview(
    client: SyncClient, run: Callable[[], object], stand_ins: Mapping[str, str] | None = None
) -> Preview:
    """The first request that `run` would make of this client.

    `stand_ins` are texts to show for secret settings, by the names of the settings. A token that
    would have to be fetched first reads `***`. Raises what the call raises before it is sent, and
    TypeError where nothing is called.
    """

    def stop(call: Call) -> None:
        raise _Planned(call)

    planned: Call | None = None
    own: Any = client
    own._exchange = stop
    try:
        run()
    except _Planned as met:
        planned = met.call
    finally:
        del own._exchange
    if planned is None:
        raise TypeError("nothing was called")
    fetches_token = _authorise(client, planned)
    return _shown(client, planned, stand_ins or {}, fetches_token=fetches_token)


def _authorise(client: SyncClient, call: Call) -> bool:
    """Puts the credential into the call; whether a token would be fetched for it."""
    from ferrule_runtime.flows.auth import put, put_current

    if put_current(call, client._installation.policy):
        return False
    assert call.plan.auth is not None
    put(call.plan.auth.stand_in(call, HIDDEN), call)
    return True


def _shown(
    client: SyncClient, call: Call, stand_ins: Mapping[str, str], *, fetches_token: bool
) -> Preview:
    installation = client._installation
    named = {
        value: stand_ins[name]
        for name, value in installation.scope.items()
        if name in stand_ins and isinstance(value, str) and value
    }

    def hide(text: str) -> str:
        for value in sorted(named, key=len, reverse=True):
            text = text.replace(value, named[value])
        return installation.secrets.scrub(text)

    lines = [*call.headers, *call.credential_lines]
    raw = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in lines]
    is_whole = not isinstance(call.sent_content, Body)
    content = call.sent_content if isinstance(call.sent_content, bytes) else b""
    size = len(content) if isinstance(call.sent_content, bytes) else None
    if isinstance(call.sent_content, Body):
        size = call.sent_content.length
    return Preview(
        call.method.decode("latin-1"),
        hide(call.origin.text + call.target),
        tuple((name, hide(value)) for name, value in raw),
        _hidden_content(content, hide) if is_whole else None,
        size,
        basic=_basic(raw, hide),
        fetches_token=fetches_token,
    )


def _hidden_content(content: bytes, hide: Callable[[str], str]) -> bytes:
    try:
        return hide(content.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return content


def _basic(headers: list[tuple[str, str]], hide: Callable[[str], str]) -> str | None:
    for name, value in headers:
        if name.lower() == "authorization" and value.startswith(_BASIC):
            return hide(b64decode(value.removeprefix(_BASIC)).decode("utf-8", "replace"))
    return None
