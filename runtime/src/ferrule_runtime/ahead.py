"""Fetches the pages that come next while an earlier one is in use; they are given in order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future, ThreadPoolExecutor

    from ferrule_runtime.operation import Arguments
    from ferrule_runtime.walk import Fetched, Walk

F = TypeVar("F", bound="Future[Any] | asyncio.Task[Any]")


class _Started(Generic[F]):
    """The requests that were sent before they were asked for, with the number of their page.

    Which page is next is known for sure only when the one before it has come. What was sent too
    early, because a page was shorter or the last one, is dropped, and so is its error.
    """

    def __init__(self, width: int, begin: Callable[[Arguments], F]) -> None:
        self._width = width
        self._begin = begin
        self._started: deque[tuple[int, F]] = deque()

    def _drop(self, kept: int) -> None:
        """Give up all but the first so many."""
        while len(self._started) > kept:
            self._started.pop()[1].cancel()

    def forget(self) -> None:
        """The walk begins again: nothing that was sent is of use."""
        self._drop(0)

    def start(self, walk: Walk[Any], most: int | None) -> None:
        """Send what is likely to be asked for next, so many requests at most."""
        width = self._width if most is None else min(self._width, most)
        if width <= 0:
            return
        wanted = walk.ahead(width)
        kept = 0
        for (number, _), (other, _) in zip(self._started, wanted, strict=False):
            if number != other:
                break
            kept += 1
        self._drop(kept)
        for number, request in wanted[kept:]:
            self._started.append((number, self._begin(request)))

    def _found(self, walk: Walk[Any]) -> F | None:
        """What was started for the page that is next."""
        if self._started and self._started[0][0] == walk.number:
            return self._started.popleft()[1]
        self._drop(0)
        return None


class Ahead(_Started["Future[Any]"]):
    """Fetches ahead in threads of its own."""

    def __init__(self, fetch: Callable[[Arguments], Fetched[Any]], width: int) -> None:
        super().__init__(width, self._in_thread)
        self._fetch = fetch
        self._pool: ThreadPoolExecutor | None = None

    def _in_thread(self, request: Arguments) -> Future[Any]:
        from contextvars import copy_context

        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(self._width, "ferrule-pages")
        return self._pool.submit(copy_context().run, self._fetch, request)

    def page(self, walk: Walk[Any], request: Arguments) -> Fetched[Any]:
        """What this request of the walk brings, or its error."""
        found = self._found(walk)
        fetched: Fetched[Any] = self._fetch(request) if found is None else found.result()
        return fetched

    def end(self) -> None:
        """Send nothing more, and wait for what was sent: no thread outlives the walk."""
        self._drop(0)
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


class AsyncAhead(_Started["asyncio.Task[Any]"]):
    """Fetches ahead in tasks of the running loop."""

    def __init__(self, fetch: Callable[[Arguments], Awaitable[Fetched[Any]]], width: int) -> None:
        super().__init__(width, self._in_task)
        self._fetch = fetch
        self._tasks: set[asyncio.Task[Any]] = set()

    def _in_task(self, request: Arguments) -> asyncio.Task[Any]:
        import asyncio

        async def fetched() -> Fetched[Any]:
            return await self._fetch(request)

        task = asyncio.create_task(fetched())
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # The error of a page that nobody asks for is nobody's.
            task.exception()

    async def page(self, walk: Walk[Any], request: Arguments) -> Fetched[Any]:
        """What this request of the walk brings, or its error."""
        found = self._found(walk)
        if found is None:
            return await self._fetch(request)
        fetched: Fetched[Any] = await found
        return fetched

    async def end(self) -> None:
        """Cancel what was sent, and wait until it is gone: no task outlives the walk."""
        self._drop(0)
        tasks = list(self._tasks)
        if tasks:
            import asyncio

            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
