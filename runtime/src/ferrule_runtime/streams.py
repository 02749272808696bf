"""Bodies that are read while they arrive: downloads, and items from lines, events and rows."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.errors import ConnectionFailed
from ferrule_runtime.feeds import Event, EventsFeed, Feed
from ferrule_runtime.incoming import AsyncIncoming, Incoming, SyncIncoming
from ferrule_runtime.saving import Saving
from ferrule_runtime.stream_items import Done, feed_of

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterator

    from ferrule_runtime.wire import Reply

__all__ = ["AsyncDownload", "AsyncStream", "Download", "Event", "Resume", "Stream"]

T = TypeVar("T")

_WRITE_BYTES: Final = 1024 * 1024
_LEAST_PAUSE_SECONDS: Final = 0.1


class _Sized(Incoming):
    @property
    def length(self) -> int | None:
        """The number of bytes that the service tells; None where it is compressed or not told."""
        text = self.header("content-length")
        is_packed = self._packing is not None or self.header("content-encoding") is not None
        if text is None or not text.isdecimal() or is_packed:
            return None
        return int(text)

    def _checked(self, received: int, max_bytes: int | None) -> None:
        if max_bytes is not None and received > max_bytes:
            raise self._fail(AnswerFault(f"is larger than {max_bytes} bytes", "the body"))


class Download(_Sized, SyncIncoming):
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


class AsyncDownload(_Sized, AsyncIncoming):
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


class Stream(SyncIncoming, Generic[T]):
    """Items as they arrive: `for item in stream`. Closes itself at the end; or use `with`.

    An event without JSON data is text where the items are `str`; `[DONE]` ends a stream of others.
    A stream of events that is cut off goes on behind the last event that had an id, where the call
    only reads. Raises InvalidResponse for an item that is not what was declared, with its line and
    place.
    """

    def __init__(
        self,
        reply: Reply,
        fail: Callable[[AnswerFault], Exception],
        kind: str,
        item_type: Any,
        *,
        packing: str | None = None,
        resume: Resume | None = None,
    ) -> None:
        """`kind` is lines, events or csv; `resume` asks for what follows an event."""
        super().__init__(reply, fail, packing)
        self._of = (kind, item_type)
        self._feed = feed_of(kind, item_type, self._answer)
        self._resume = resume

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one; empty for none, and where there are no events."""
        return self._feed.last_id if isinstance(self._feed, EventsFeed) else ""

    def __iter__(self) -> Iterator[T]:
        fault: AnswerFault | None = None
        try:
            try:
                yield from self._items()
            except AnswerFault as met:
                fault = met
            except Done:
                return
        finally:
            self.close()
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))

    def _items(self) -> Iterator[T]:
        if self._resume is not None:
            yield from self._events(self._resume)
            return
        for document in self._documents():
            self._feed = feed_of(*self._of, self._answer)
            for part in document:
                yield from self._feed.feed(part)
            yield from self._feed.finish()

    def _events(self, resume: Resume) -> Iterator[T]:
        while True:
            cut: ConnectionFailed | None = None
            try:
                for part in self._received():
                    for item in self._feed.feed(part):
                        resume.failures = 0
                        yield item
            except ConnectionFailed as met:
                cut = met
            if cut is None or self._was_closed():
                return
            seconds = _pause(self._feed, resume)
            if seconds is None:
                raise cut
            time.sleep(seconds)
            if self._was_closed():
                return
            self._reply, self._is_taken = resume.ask(self.last_event_id), False
            if self._was_closed():
                self._give_back()
                return


class AsyncStream(AsyncIncoming, Generic[T]):
    """Items as they arrive: `async for item in stream`; use `async with` to leave early.

    A stream of events that is cut off goes on behind the last event that had an id, where the call
    only reads.
    """

    def __init__(
        self,
        reply: Reply,
        fail: Callable[[AnswerFault], Exception],
        kind: str,
        item_type: Any,
        *,
        packing: str | None = None,
        resume: Resume | None = None,
    ) -> None:
        """`kind` is lines, events or csv; `resume` asks for what follows an event."""
        super().__init__(reply, fail, packing)
        self._of = (kind, item_type)
        self._feed = feed_of(kind, item_type, self._answer)
        self._resume = resume

    @property
    def last_event_id(self) -> str:
        """The id of the last event that had one; empty for none, and where there are no events."""
        return self._feed.last_id if isinstance(self._feed, EventsFeed) else ""

    async def __aiter__(self) -> AsyncIterator[T]:
        fault: AnswerFault | None = None
        try:
            try:
                async for item in self._items():
                    yield item
            except AnswerFault as met:
                fault = met
            except Done:
                return
        finally:
            await self.aclose()
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))

    async def _items(self) -> AsyncIterator[T]:
        if self._resume is not None:
            async for item in self._events(self._resume):
                yield item
            return
        async for document in self._documents():
            self._feed = feed_of(*self._of, self._answer)
            async for part in document:
                for item in self._feed.feed(part):
                    yield item
            for item in self._feed.finish():
                yield item

    async def _events(self, resume: Resume) -> AsyncIterator[T]:
        while True:
            cut: ConnectionFailed | None = None
            try:
                async for part in self._received():
                    for item in self._feed.feed(part):
                        resume.failures = 0
                        yield item
            except ConnectionFailed as met:
                cut = met
            if cut is None or self._was_closed():
                return
            seconds = _pause(self._feed, resume)
            if seconds is None:
                raise cut
            import asyncio

            await asyncio.sleep(seconds)
            if self._was_closed():
                return
            self._reply, self._is_taken = await resume.ask(self.last_event_id), False
            if self._was_closed():
                await self._give_back()
                return


class Resume:
    """How a stream of events goes on after it was cut off: what asks for the rest, and how often.

    `pause(failures)` gives the least seconds before another try.
    """

    def __init__(
        self, ask: Callable[[str], Any], most: int, pause: Callable[[int], float], max_wait: float
    ) -> None:
        self.ask = ask
        self.most = most
        self.pause = pause
        self.max_wait = max_wait
        # In a row: whoever brings events in between may be asked again as often as it takes.
        self.failures = 0


def _pause(feed: Feed, resume: Resume) -> float | None:
    """The seconds before the rest of a stream is asked for; None where it cannot be."""
    resume.failures += 1
    if not isinstance(feed, EventsFeed) or not feed.last_id or resume.failures > resume.most:
        return None
    feed.begin_again()
    # A service may ask for more time, never for none: what is cut off right away, again and again,
    # would be asked for without end.
    told = 0.0 if feed.retry_ms is None else feed.retry_ms / 1000.0
    seconds = max(resume.pause(resume.failures), told, _LEAST_PAUSE_SECONDS)
    return None if seconds > resume.max_wait else seconds
