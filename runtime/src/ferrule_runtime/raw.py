"""The whole answer of a call: status, headers, body, and the typed value on request."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from ferrule_runtime.headers import Headers

if TYPE_CHECKING:
    from ferrule_runtime.pager import AsyncPager, Pager
    from ferrule_runtime.wire import Reply

P = ParamSpec("P")
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

    def __repr__(self) -> str:
        return f"RawReply(status_code={self.status_code}, {len(self.content)} bytes)"


if TYPE_CHECKING:

    # Two names: one with overloads would take a method that gives Any for an async one.
    def as_raw(method: Callable[P, T]) -> Callable[P, RawReply[T]]:
        """A method of a raw resource, by its true type."""
        ...

    def as_raw_async(
        method: Callable[P, Coroutine[Any, Any, T]],
    ) -> Callable[P, Coroutine[Any, Any, RawReply[T]]]:
        """An async method of a raw resource, by its true type."""
        ...

    @overload
    def as_raw_page(
        method: Callable[P, AsyncPager[T]],
    ) -> Callable[P, Awaitable[RawReply[list[T]]]]: ...
    @overload
    def as_raw_page(method: Callable[P, Pager[T]]) -> Callable[P, RawReply[list[T]]]: ...
    def as_raw_page(method: Callable[P, Any]) -> Callable[P, Any]:
        """A list method of a raw resource, by its true type: it gives the first page."""
        ...

else:

    def as_raw(method):
        return method

    as_raw_async = as_raw_page = as_raw
