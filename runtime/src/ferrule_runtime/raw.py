"""The whole answer of a call: status, headers, body, and the typed value on request."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.headers import Headers

if TYPE_CHECKING:
    from ferrule_runtime.wire import Reply

T = TypeVar("T")


class RawReply(Generic[T]):
    """What the service answered, as it came; `parse()` gives what the method gives otherwise."""

    __slots__ = ("_parse", "_reply", "headers", "request_id")

    def __init__(self, reply: "Reply", parse: Callable[[], T], request_id: str | None) -> None:
        self._reply = reply
        self._parse = parse
        self.headers = Headers(reply.headers)
        self.request_id = request_id

    @property
    def status_code(self) -> int:
        """The status of the answer."""
        return self._reply.status

    @property
    def content(self) -> bytes:
        """The body; empty where it is streamed."""
        return self._reply.content

    @property
    def text(self) -> str:
        """The body as text, by its charset, else UTF-8."""
        from ferrule_runtime.flows.classify import answer_of

        return answer_of(self._reply).text

    def json(self) -> Any:
        """The body as JSON, not validated. Raises ValueError where it is none."""
        from ferrule_runtime.flows.classify import answer_of

        return answer_of(self._reply).json

    def parse(self) -> T:
        """The typed value. Raises InvalidResponse where the body is not what was declared."""
        return self._parse()

    def __reduce__(self) -> Any:
        raise TypeError("a RawReply cannot be pickled: keep its content, or what parse() gives")

    def __repr__(self) -> str:
        return f"RawReply(status_code={self.status_code}, {len(self.content)} bytes)"
