"""Bodies that are read while they arrive: downloads, and items from lines, events and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.feeds import CsvFeed, Event, EventsFeed, Feed, LinesFeed
from ferrule_runtime.saving import Saving

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import TracebackType
    from typing import Self

    from ferrule_runtime.wire import Reply

__all__ = ["AsyncDownload", "AsyncStream", "Download", "Event", "Stream"]

T = TypeVar("T")

_WRITE_BYTES: Final = 1024 * 1024


class _Incoming:
    """What every streamed body knows of its answer."""

    def __init__(self, reply: Reply, fail: Callable[[AnswerFault], Exception]) -> None:
        """`fail` makes the connector's error of a body that is not what was declared."""
        self._reply = reply
        self._fail = fail
        self._is_taken = False
        self._answer = Answer(reply.status, reply.headers, b"")

    @property
    def status_code(self) -> int:
        return self._reply.status

    @property
    def media_type(self) -> str:
        """Without parameters, in lower case; empty when the service does not tell."""
        return self._answer.media_type

    def header(self, name: str) -> str | None:
        """A header of the answer, whatever its case."""
        return self._answer.header(name)

    def _take(self) -> Any:
        """The parts, once: what came over the network cannot come again."""
        if self._is_taken:
            raise RuntimeError("this body has been read already; call the method again for another")
        self._is_taken = True
        return self._reply.stream

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status_code={self.status_code})"


class _Sync(_Incoming):
    def close(self) -> None:
        """Gives the connection back; reading is over."""
        self._is_taken = True
        if self._reply.close is not None:
            self._reply.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _parts(self) -> Iterator[bytes]:
        stream = self._take()
        try:
            if stream is not None:
                yield from stream
            elif self._reply.content:
                yield self._reply.content
        finally:
            self.close()


class _Async(_Incoming):
    async def aclose(self) -> None:
        """Gives the connection back; reading is over."""
        self._is_taken = True
        if self._reply.close is not None:
            closing = self._reply.close()
            if closing is not None:
                await closing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _parts(self) -> AsyncIterator[bytes]:
        stream = self._take()
        try:
            if stream is not None:
                async for part in stream:
                    yield part
            elif self._reply.content:
                yield self._reply.content
        finally:
            await self.aclose()


class _Sized(_Incoming):
    @property
    def length(self) -> int | None:
        """The number of bytes that the service tells; None where it is compressed or not told."""
        text = self.header("content-length")
        if text is None or not text.isdecimal() or self.header("content-encoding") is not None:
            return None
        return int(text)

    def _checked(self, received: int, max_bytes: int | None) -> None:
        if max_bytes is not None and received > max_bytes:
            raise self._fail(AnswerFault(f"is larger than {max_bytes} bytes", "the body"))


class Download(_Sized, _Sync):
    """A body as it arrives. `with client.files.get(…) as download: download.save(path)`.

    Read it once: by `read`, `save`, or chunk by chunk in a `for`. Reading to the end gives the
    connection back, as leaving the `with` block does. Raises the connector's errors; a body that is
    cut off is never taken for a whole one.
    """

    def __iter__(self) -> Iterator[bytes]:
        return self._parts()

    def read(self, *, max_bytes: int | None = None) -> bytes:
        """The whole body; raises InvalidResponse when it is larger than `max_bytes`."""
        parts: list[bytes] = []
        received = 0
        try:
            for part in self:
                received += len(part)
                self._checked(received, max_bytes)
                parts.append(part)
        finally:
            self.close()
        return b"".join(parts)

    def save(
        self,
        path: str | os.PathLike[str],
        *,
        max_bytes: int | None = None,
        progress: Callable[[int, int | None], object] | None = None,
    ) -> int:
        """Writes the body to a file; gives its size in bytes.

        The file appears, or is replaced, whole: what fails on the way leaves nothing behind.
        `progress(received_bytes, all_bytes or None)` is called after each part.
        """
        received, length = 0, self.length
        try:
            with Saving(path) as saving:
                for part in self:
                    received += len(part)
                    self._checked(received, max_bytes)
                    saving.write(part)
                    if progress is not None:
                        progress(received, length)
                saving.keep()
        finally:
            self.close()
        return received


class AsyncDownload(_Sized, _Async):
    """A body as it arrives. `async with await client.files.get(…) as download: …`.

    Read it once: by `await read()`, `await save(path)`, or chunk by chunk in an `async for`. Raises
    the connector's errors; a body that is cut off is never taken for a whole one.
    """

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._parts()

    async def read(self, *, max_bytes: int | None = None) -> bytes:
        """The whole body; raises InvalidResponse when it is larger than `max_bytes`."""
        parts: list[bytes] = []
        received = 0
        try:
            async for part in self:
                received += len(part)
                self._checked(received, max_bytes)
                parts.append(part)
        finally:
            await self.aclose()
        return b"".join(parts)

    async def save(
        self,
        path: str | os.PathLike[str],
        *,
        max_bytes: int | None = None,
        progress: Callable[[int, int | None], object] | None = None,
    ) -> int:
        """Writes the body to a file, whole or not at all; gives its size in bytes.

        Files are written in a thread, so that the event loop is not held up.
        """
        from asyncio import to_thread

        received, length = 0, self.length
        waiting: list[bytes] = []
        waiting_bytes = 0
        saving = Saving(path)
        try:
            saving.begin()
            async for part in self:
                received += len(part)
                self._checked(received, max_bytes)
                waiting.append(part)
                waiting_bytes += len(part)
                if waiting_bytes >= _WRITE_BYTES:
                    await to_thread(saving.write, b"".join(waiting))
                    waiting, waiting_bytes = [], 0
                if progress is not None:
                    progress(received, length)
            await to_thread(saving.write, b"".join(waiting))
            await to_thread(saving.keep)
        finally:
            saving.end()
            await self.aclose()
        return received


class Stream(_Sync, Generic[T]):
    """Items as they arrive: `for item in stream`. Closes itself at the end; or use `with`.

    An event without JSON data is text where the items are `str`; `[DONE]` ends a stream of others.
    Raises InvalidResponse for an item that is not what was declared, with its line and place.
    """

    def __init__(
        self, reply: Reply, fail: Callable[[AnswerFault], Exception], kind: str, item_type: Any
    ) -> None:
        """`kind` is lines, events or csv."""
        super().__init__(reply, fail)
        self._feed = feed_of(kind, item_type, self._answer)

    def __iter__(self) -> Iterator[T]:
        fault: AnswerFault | None = None
        parts = self._parts()
        try:
            try:
                for part in parts:
                    yield from self._feed.feed(part)
                yield from self._feed.finish()
            except AnswerFault as met:
                fault = met
            except _Done:
                return
        finally:
            self.close()
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))


class AsyncStream(_Async, Generic[T]):
    """Items as they arrive: `async for item in stream`; use `async with` to leave early."""

    def __init__(
        self, reply: Reply, fail: Callable[[AnswerFault], Exception], kind: str, item_type: Any
    ) -> None:
        """`kind` is lines, events or csv."""
        super().__init__(reply, fail)
        self._feed = feed_of(kind, item_type, self._answer)

    async def __aiter__(self) -> AsyncIterator[T]:
        fault: AnswerFault | None = None
        try:
            try:
                async for part in self._parts():
                    for item in self._feed.feed(part):
                        yield item
                for item in self._feed.finish():
                    yield item
            except AnswerFault as met:
                fault = met
            except _Done:
                return
        finally:
            await self.aclose()
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))


class _Done(Exception):
    """The service says that the stream has ended."""


def feed_of(kind: str, item_type: Any, answer: Answer) -> Feed:
    """The parser of a stream: its items are validated as the type that was declared."""
    if kind == "events":
        return EventsFeed(_event_decoder(item_type))
    if kind == "csv":
        return _csv_feed(item_type, answer)
    if kind == "lines":
        return LinesFeed(_json_decoder(item_type))
    raise ValueError(f"there is no stream of {kind!r}")


def _json_decoder(item_type: Any) -> Callable[[bytes, str], Any]:
    if item_type is str:
        return lambda line, _place: line.decode("utf-8", "replace")
    from pydantic_core import ValidationError

    from ferrule_runtime.models import adapter

    validate = adapter(item_type).validator.validate_json

    def decode(line: bytes, place: str) -> Any:
        try:
            return validate(line)
        except ValidationError as error:
            failure = error
        raise _fault(failure, line, place)

    return decode


def _fault(failure: Any, content: bytes, place: str) -> AnswerFault:
    from ferrule_runtime.mismatch import fault_of

    fault = fault_of(failure, Answer(200, (), content).tree)
    return AnswerFault(fault.reason, f"{place}: {fault.place}")


def _event_decoder(item_type: Any) -> Callable[[Event], Any]:
    if item_type is Event:
        return lambda event: event
    if item_type is str:
        return lambda event: event.data
    decode = _json_decoder(item_type)

    def decoded(event: Event) -> Any:
        # No standard, but what the services of the field send last.
        if event.data == "[DONE]":
            raise _Done
        return decode(event.data.encode("utf-8", "replace"), f"event {event.event!a}")

    return decoded


def _csv_feed(item_type: Any, answer: Answer) -> CsvFeed:
    from ferrule_runtime.answer import charset_of
    from ferrule_runtime.types import is_list

    charset = charset_of(answer.header("content-type") or "") or "utf-8"
    if is_list(item_type):
        return CsvFeed(lambda cells, _place: cells, has_names=False, charset=charset)
    from ferrule_runtime.models import adapter

    validator = adapter(item_type).validator

    def decode(cells: dict[str, str], place: str) -> Any:
        return _typed_row(validator, cells, place)

    return CsvFeed(decode, has_names=True, charset=charset)


def _typed_row(validator: Any, cells: dict[str, str], place: str) -> Any:
    """Cells by the types of the model; an empty cell of a type that is no text is left out."""
    from pydantic_core import ValidationError

    from ferrule_runtime.mismatch import fault_of

    try:
        return validator.validate_strings(cells)
    except ValidationError as error:
        failure = error
    refused = {error["loc"][0] for error in failure.errors(include_input=False)}
    filled = {name: text for name, text in cells.items() if text or name not in refused}
    if len(filled) < len(cells):
        try:
            return validator.validate_strings(filled)
        except ValidationError as error:
            failure = error
    fault = fault_of(failure, cells)
    raise AnswerFault(fault.reason, f"{place}: {fault.place.removeprefix('$.')}")
