"""The wire of a mocked service: calls in, told answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule_runtime.wire import Body, Reply

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from ferrule_runtime.mocks.answers import MockAnswer
    from ferrule_runtime.wire import Call


class Told:
    """One thing that an action was told to answer, and whether it has done so."""

    __slots__ = ("answer", "was_used")

    def __init__(self, answer: Callable[[Call, bool], Reply]) -> None:
        self.answer = answer
        self.was_used = False


class MockedCall:
    """One call as it would have been sent: `method`, `path`, `query`, `headers`, `content`."""

    __slots__ = ("action", "content", "headers", "method", "path", "query_text")

    def __init__(self, call: Call, content: bytes) -> None:
        from urllib.parse import unquote

        path, _, query = call.target.partition("?")
        self.action = call.action
        self.method = call.method.decode("ascii")
        self.path = unquote(path)
        self.query_text = query
        self.headers = {
            name.decode("latin-1").lower(): value.decode("utf-8", "replace")
            for name, value in call.headers
        }
        self.content = content

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The parameters, a list where one is repeated."""
        from urllib.parse import parse_qs

        found = parse_qs(self.query_text, keep_blank_values=True)
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}

    @property
    def json(self) -> Any:
        """The body as JSON; raises ValueError when it is none."""
        from pydantic_core import from_json

        return from_json(self.content)

    @property
    def form(self) -> dict[str, str | list[str]]:
        """The body as the fields of a form."""
        from urllib.parse import parse_qs

        found = parse_qs(self.content.decode(), keep_blank_values=True)
        return {name: texts[0] if len(texts) == 1 else texts for name, texts in found.items()}

    def __repr__(self) -> str:
        return f"MockedCall({self.action}: {self.method} {self.path})"


class MockWire:
    """What all clients of a mocked service send to: it answers as it was told, and notes calls."""

    def __init__(self, connector: str) -> None:
        self.connector = connector
        self.answers: dict[str, list[Told]] = {}
        self.calls: list[MockedCall] = []

    def __repr__(self) -> str:
        return f"MockWire({self.connector})"

    def answer(self, call: Call, content: bytes, *, is_async: bool) -> Reply:
        """What the action was told to answer; AssertionError where it was told nothing."""
        self.calls.append(MockedCall(call, content))
        told = self.answers.get(call.action)
        if not told:
            raise AssertionError(
                f"{call.action} was called ({call.method.decode('ascii')} {call.template}) and was "
                f"not told what to answer: say service.{call.action}.returns(…) before"
            )
        current = told.pop(0) if len(told) > 1 else told[0]
        current.was_used = True
        return current.answer(call, is_async)

    def tell(self, action: str, answer: Callable[[Call, bool], Reply]) -> None:
        """Answer so after what was told before; what has been answered already is over."""
        told = [each for each in self.answers.get(action, ()) if not each.was_used]
        self.answers[action] = [*told, Told(answer)]


class MockLink:
    """Stands where a client keeps its connections: there are none."""

    def __init__(self, service: MockWire) -> None:
        self._service = service
        self.epoch = object()

    def wire(self, *, verify: bool) -> SyncMockWire:  # noqa: ARG002 - as a Link is asked
        return SyncMockWire(self._service)

    def async_wire(self, loop: Any, *, verify: bool) -> AsyncMockWire:  # noqa: ARG002
        return AsyncMockWire(self._service)

    def counted(self) -> tuple[int | None, int | None]:
        """No connections are counted where there are none."""
        return None, None

    def close(self) -> None:
        """Nothing is open."""

    async def aclose(self, loop: Any) -> None:
        """Nothing is open."""


class SyncMockWire:
    """The mocked service for a sync client."""

    def __init__(self, service: MockWire) -> None:
        self._service = service

    def send(self, call: Call) -> Reply:
        content = call.sent_content
        if isinstance(content, Body):
            opened: Any = content.open()
            content = b"".join(opened)
        return self._service.answer(call, content or b"", is_async=False)

    def close(self) -> None:
        """Nothing is open."""


class AsyncMockWire:
    """The mocked service for an async client."""

    def __init__(self, service: MockWire) -> None:
        self._service = service

    async def send(self, call: Call) -> Reply:
        content = call.sent_content
        if isinstance(content, Body):
            opened: Any = content.open()
            if content.is_async:
                content = b"".join([part async for part in opened])
            else:
                content = b"".join(opened)
        return self._service.answer(call, content or b"", is_async=True)

    async def aclose(self) -> None:
        """Nothing is open."""


def reply_of(answer: MockAnswer, *, is_streaming: bool, is_async: bool) -> Reply:
    """The answer as a wire gives it: whole, or in parts where the call streams and succeeds."""
    content = answer.bytes()
    reply = Reply(answer.status, answer.lines(), content)
    if not is_streaming or not 200 <= answer.status < 300:
        return reply
    reply.content = b""
    if is_async:
        reply.stream, reply.close = _parts(reply, content), _async_close(reply)
    else:
        reply.stream, reply.close = iter((content,)), reply.closed
    return reply


async def _parts(reply: Reply, content: bytes) -> AsyncIterator[bytes]:
    yield content
    reply.closed()


def _async_close(reply: Reply) -> Callable[[], Any]:
    async def close() -> None:
        reply.closed()

    return close
