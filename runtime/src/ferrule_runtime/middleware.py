"""Puts a user's own functions around every attempt of a call: what is sent, what came back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ferrule_runtime.headers import Headers
from ferrule_runtime.wire import Call, Reply, WireFault

if TYPE_CHECKING:
    from ferrule_runtime.drivers import AsyncSend, SyncSend

__all__ = ["Around", "AsyncAround", "AsyncHandle", "AttemptFault", "Handle", "Incoming", "Outgoing"]

AttemptFault = WireFault
"""What `call_next` raises where no usable answer came; retries follow as they would without you."""


class Outgoing:
    """One attempt that is about to be sent. Its credential is not shown.

    `url` is without the parameters of a credential; `attempt` counts from 1; `content` is None
    where the body is sent in parts.
    """

    __slots__ = ("_call",)

    def __init__(self, call: Call) -> None:
        self._call = call

    def __repr__(self) -> str:
        return f"Outgoing({self.method} {self.path_template}, attempt {self.attempt})"

    @property
    def action(self) -> str:
        """The name of the action, `tickets.list`; of a request for a token `auth.token`."""
        return self._call.action

    @property
    def method(self) -> str:
        """`GET`, `POST` …"""
        return self._call.method.decode("latin-1")

    @property
    def path_template(self) -> str:
        """The path before its values are filled in: `/tickets/{id}`."""
        return self._call.template

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return self._call.origin.text

    @property
    def url(self) -> str:
        """The whole URL, without the parameters of a credential."""
        return self._call.origin.text + self._call.path_and_query

    @property
    def attempt(self) -> int:
        """Counts from 1; 2 and more are retries."""
        return self._call.attempt

    @property
    def headers(self) -> Headers:
        """The header lines, without those of a credential; names in any case."""
        return Headers(self._call.headers)

    @property
    def content(self) -> bytes | None:
        """The body, empty where there is none; None where it is sent in parts."""
        content = self._call.content
        return content if isinstance(content, bytes) else b"" if content is None else None

    def add_header(self, name: str, value: str) -> None:
        """One more header line for this attempt. Raises ValueError for what no header can be."""
        from ferrule_runtime.encode.lines import header_name, header_value

        line = (header_name(name), header_value(value, name))
        self._call.credential_lines = [*self._call.credential_lines, line]


class Incoming:
    """What an attempt brought, whatever its status; `content` is empty where it is streamed."""

    __slots__ = ("_reply",)

    def __init__(
        self, status_code: int, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> None:
        """An answer of your own, instead of one of the service."""
        lines = [
            (name.lower().encode("latin-1"), value.encode("latin-1"))
            for name, value in (headers or {}).items()
        ]
        self._reply = Reply(status_code, lines, content)

    @classmethod
    def _of(cls, reply: Reply) -> "Incoming":
        made = object.__new__(cls)
        made._reply = reply
        return made

    def __repr__(self) -> str:
        return f"Incoming({self.status_code}, {len(self.content)} bytes)"

    @property
    def status_code(self) -> int:
        """The status of the answer, whatever it means."""
        return self._reply.status

    @property
    def headers(self) -> Headers:
        """The header lines; names in any case."""
        return Headers(self._reply.headers)

    @property
    def content(self) -> bytes:
        """The body; empty where it is streamed."""
        return self._reply.content

    @property
    def is_streamed(self) -> bool:
        """Whether the body is read by the caller later, and not held here."""
        return self._reply.stream is not None


Handle = Callable[[Outgoing], Incoming]
AsyncHandle = Callable[[Outgoing], Awaitable[Incoming]]
Around = Callable[[Handle], Handle]
AsyncAround = Callable[[AsyncHandle], AsyncHandle]


def wrapped(send: "SyncSend", layers: Sequence[Any]) -> "SyncSend":
    """The sending of a sync client with these layers around it."""

    def innermost(outgoing: Outgoing) -> Incoming:
        return Incoming._of(send(outgoing._call))

    handle: Handle = innermost
    for layer in reversed(layers):
        handle = getattr(layer, "around", layer)(handle)
        if _is_async(handle):
            raise TypeError(f"{_name(layer)} gives a coroutine function to a sync client")

    def sending(call: Call) -> Reply:
        return handle(Outgoing(call))._reply

    return sending


def wrapped_async(send: "AsyncSend", layers: Sequence[Any]) -> "AsyncSend":
    """The sending of an async client with these layers around it."""

    async def innermost(outgoing: Outgoing) -> Incoming:
        return Incoming._of(await send(outgoing._call))

    handle: AsyncHandle = innermost
    for layer in reversed(layers):
        handle = getattr(layer, "around_async", layer)(handle)
        if not _is_async(handle):
            raise TypeError(f"{_name(layer)} must give a coroutine function to an async client")

    async def sending(call: Call) -> Reply:
        return (await handle(Outgoing(call)))._reply

    return sending


def _is_async(handle: Any) -> bool:
    import inspect

    called = getattr(handle, "__call__", None)  # noqa: B004 - an instance may define it
    return inspect.iscoroutinefunction(handle) or inspect.iscoroutinefunction(called)


def _name(layer: Any) -> str:
    return getattr(layer, "__qualname__", None) or type(layer).__qualname__
