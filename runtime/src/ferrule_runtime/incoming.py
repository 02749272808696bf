"""Bodies that arrive in parts, sync and async: taken once, unpacked, closed at their end."""

from __future__ import annotations

import sys
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.drivers import close_later
from ferrule_runtime.packing import Gunzip, members, spool

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import TracebackType
    from typing import Self

    from ferrule_runtime.wire import Reply


class Incoming:
    """What every streamed body knows of its answer."""

    def __init__(
        self,
        reply: Reply,
        fail: Callable[[AnswerFault], Exception],
        packing: str | None = None,
    ) -> None:
        """`fail` makes the connector's error of a body that is not what was declared.

        `packing` is gzip or zip where the body is such a file.
        """
        self._reply = reply
        self._fail = fail
        self._packing = packing
        self._is_taken = False
        # By whoever reads it, or by another thread or task that ends the reading.
        self._is_closed = False
        self._answer = Answer(reply.status, reply.headers, b"")

    @property
    def status_code(self) -> int:
        """The status of the answer."""
        return self._reply.status

    @property
    def media_type(self) -> str:
        """Without parameters, in lower case; empty when the service does not tell."""
        return self._answer.media_type

    def header(self, name: str) -> str | None:
        """A header of the answer, whatever its case."""
        return self._answer.header(name)

    def _was_closed(self) -> bool:
        """Whether somebody has ended the reading; that may happen between any two lines."""
        return self._is_closed

    def _take(self) -> Any:
        """The parts, once: what came over the network cannot come again."""
        if self._is_taken:
            raise RuntimeError("this body has been read already; call the method again for another")
        self._is_taken = True
        return self._reply.stream

    def __repr__(self) -> str:
        return f"{type(self).__name__}(status_code={self.status_code})"

    @property
    def _is_left(self) -> bool:
        """Whether its connection is still held though nobody has read or closed it."""
        is_open = not self.__dict__.get("_is_taken", True) and self._reply.close is not None
        return is_open and not sys.is_finalizing()

    def _tell_left(self) -> None:
        told = f"{self!r} was neither read nor closed: use it in a `with` block"
        warnings.warn(told, ResourceWarning, source=self, stacklevel=3)


class SyncIncoming(Incoming):
    """A body that is read by a sync client."""

    def __del__(self) -> None:
        if self._is_left:
            self.close()
            self._tell_left()

    def close(self) -> None:
        """Gives the connection back; reading is over."""
        self._is_closed = True
        self._give_back()

    def _give_back(self) -> None:
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

    def _received(self) -> Iterator[bytes]:
        stream = self._take()
        try:
            if stream is not None:
                yield from stream
            elif self._reply.content:
                yield self._reply.content
        finally:
            self._give_back()

    def _documents(self) -> Iterator[Iterator[bytes]]:
        """The body, or each of the files inside it. Raises AnswerFault for a broken file."""
        if self._packing is None:
            yield self._received()
        elif self._packing == "gzip":
            yield self._gunzipped()
        else:
            with spool() as file:
                for part in self._received():
                    file.write(part)
                for _, parts in members(file):
                    yield parts

    def _gunzipped(self) -> Iterator[bytes]:
        gunzip = Gunzip()
        for part in self._received():
            yield from gunzip.feed(part)
        gunzip.finish()

    def _parts(self) -> Iterator[bytes]:
        """The body, unpacked; of a zip file the one file in it. Raises the connector's errors."""
        fault: AnswerFault | None = None
        try:
            for number, document in enumerate(self._documents()):
                _only_one(number)
                yield from document
        except AnswerFault as met:
            fault = met
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))


class AsyncIncoming(Incoming):
    """A body that is read by an async client."""

    def __init__(
        self,
        reply: Reply,
        fail: Callable[[AnswerFault], Exception],
        packing: str | None = None,
    ) -> None:
        import asyncio

        super().__init__(reply, fail, packing)
        self._loop = asyncio.get_running_loop()

    def __del__(self) -> None:
        if self._is_left:
            # A loop that was closed refuses: its connections have gone with it.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(close_later, self._reply)
            self._tell_left()

    async def aclose(self) -> None:
        """Gives the connection back; reading is over."""
        self._is_closed = True
        await self._give_back()

    async def _give_back(self) -> None:
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

    async def _received(self) -> AsyncIterator[bytes]:
        stream = self._take()
        try:
            if stream is not None:
                async for part in stream:
                    yield part
            elif self._reply.content:
                yield self._reply.content
        finally:
            await self._give_back()

    async def _documents(self) -> AsyncIterator[AsyncIterator[bytes]]:
        """The body, or each of the files inside it. Raises AnswerFault for a broken file."""
        if self._packing is None:
            yield self._received()
        elif self._packing == "gzip":
            yield self._gunzipped()
        else:
            from asyncio import to_thread

            from ferrule_runtime.files import in_thread

            with spool() as file:
                async for part in self._received():
                    await to_thread(file.write, part)
                for _, parts in members(file):
                    yield in_thread(parts)

    async def _gunzipped(self) -> AsyncIterator[bytes]:
        gunzip = Gunzip()
        async for part in self._received():
            for unpacked in gunzip.feed(part):
                yield unpacked
        gunzip.finish()

    async def _parts(self) -> AsyncIterator[bytes]:
        """The body, unpacked; of a zip file the one file in it. Raises the connector's errors."""
        fault: AnswerFault | None = None
        number = 0
        try:
            async for document in self._documents():
                _only_one(number)
                number += 1
                async for part in document:
                    yield part
        except AnswerFault as met:
            fault = met
        if fault is not None:
            raise self._fail(AnswerFault(fault.reason, fault.place))


def _only_one(number: int) -> None:
    if number:
        raise AnswerFault("holds several files, where one was declared", "the zip file")
