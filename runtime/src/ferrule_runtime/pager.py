"""Lazy iterators over pages and items, sync and async: nothing is sent before it is asked for."""

from __future__ import annotations

from contextlib import aclosing, closing
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ferrule_runtime.events import Progress
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.walk import Fetched, Page, PagingFault, Walk

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator

    from ferrule_runtime.operation import Arguments, Operation, Paging

__all__ = ["AsyncPageSource", "AsyncPager", "Fetched", "Page", "PageSource", "Pager"]

T = TypeVar("T")


class PageSource(Protocol):
    """What a Pager asks of its client."""

    def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]: ...

    def page_read(self, operation: Operation[Any], number: int, page: Page[Any]) -> None: ...

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception: ...


class AsyncPageSource(Protocol):
    """What an AsyncPager asks of its client."""

    async def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]: ...

    def page_read(self, operation: Operation[Any], number: int, page: Page[Any]) -> None: ...

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception: ...


class Course:
    """How far one walk has come, told to whoever wants to know."""

    __slots__ = ("_began_at", "_items", "_pages", "_tell")

    def __init__(self, tell: Callable[[Progress], object] | None) -> None:
        self._tell = tell
        self._began_at = monotonic()
        self._pages = self._items = 0

    def passed(self, page: Page[Any]) -> int:
        """A page was read; its number in this walk."""
        self._pages += 1
        self._items += len(page.items)
        if self._tell is not None:
            seconds = monotonic() - self._began_at
            self._tell(Progress(self._pages, self._items, page.total, seconds, page.checkpoint))
        return self._pages


class _Plan(Generic[T]):
    """What to walk through, and from where: the part of a pager that sync and async share."""

    def __init__(
        self,
        source: Any,
        operation: Operation[list[T]],
        paging: Paging | None,
        arguments: Arguments,
        *,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
        start: int | Omit = omit,
    ) -> None:
        """Raises ValueError at once for arguments that no walk can begin with."""
        self._source = source
        self._operation = operation
        self._has_numbers = paging is not None and (paging.page or paging.offset) is not None

        def begin() -> Walk[T]:
            return Walk(
                operation,
                paging,
                arguments,
                page_size=page_size,
                checkpoint=checkpoint,
                start=start,
            )

        begin()
        self._begin: Callable[[], Walk[T]] = begin

    def _width(self, prefetch: int, parallel: int) -> int:
        """How many pages are fetched ahead; ValueError for what cannot be."""
        if prefetch not in (0, 1):
            raise ValueError("prefetch must be 0 or 1: use parallel= where pages have numbers")
        if parallel < 1:
            raise ValueError("parallel must be at least 1")
        if parallel > 1 and not self._has_numbers:
            raise ValueError(
                f"{self._operation.action} has no page numbers: each page says where the next one "
                "is, so that parallel= is of no use; prefetch=1 fetches one ahead"
            )
        return parallel if parallel > 1 else prefetch

    def _next(self, walk: Walk[T]) -> Any:
        """What to send next, None at the end."""
        try:
            return walk.next_request()
        except PagingFault as fault:
            reason = str(fault)
        raise self._loop(reason)

    def _taken(self, walk: Walk[T], fetched: Fetched[T], course: Course | None = None) -> Page[T]:
        try:
            page = walk.take(fetched)
        except PagingFault as fault:
            reason = str(fault)
        else:
            number = 1 if course is None else course.passed(page)
            self._source.page_read(self._operation, number, page)
            return page
        raise self._loop(reason)

    def _loop(self, reason: str) -> Exception:
        error: Exception = self._source.paging_loop(self._operation, reason)
        return error

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._operation.action})"


class Pager(_Plan[T]):
    """All items of a list, page by page as they are needed.

    `for item in pager`, `pager.first_page()`, `for page in pager.pages()`. Each iteration begins
    anew. Raises the connector's errors, PagingLoop where the service leads in a circle.
    """

    def first_page(self) -> Page[T]:
        """One page: `items`, `has_next`, `checkpoint`."""
        walk = self._begin()
        fetched = self._source.fetch_page(self._operation, self._next(walk))
        if fetched.outcome == "restart":
            walk.take(fetched)
            fetched = self._source.fetch_page(self._operation, self._next(walk))
        return self._taken(walk, fetched)

    def pages(
        self,
        *,
        max_pages: int | None = None,
        prefetch: int = 0,
        parallel: int = 1,
        progress: Callable[[Progress], object] | None = None,
    ) -> Generator[Page[T], None, None]:
        """Page by page, at most `max_pages`; keep `page.checkpoint` to go on another day.

        `progress` is called with a `ferrule_runtime.events.Progress` after each page.
        `prefetch=1` fetches the next page while one is in use; `parallel=4` fetches four at once
        where pages have numbers or offsets, up to three of them in vain where the service tells no
        total. Order, errors and limits stay as they are. Leaving the loop sends nothing more and
        waits for the requests that are under way.
        """
        return self._pages(max_pages, self._width(prefetch, parallel), progress)

    def _pages(
        self,
        max_pages: int | None,
        width: int,
        progress: Callable[[Progress], object] | None,
    ) -> Generator[Page[T], None, None]:
        from ferrule_runtime.ahead import Ahead

        walk, course = self._begin(), Course(progress)
        ahead = Ahead(lambda request: self._source.fetch_page(self._operation, request), width)
        count = 0
        try:
            while max_pages is None or count < max_pages:
                request = self._next(walk)
                if request is None:
                    return
                fetched = ahead.page(walk, request)
                if fetched.outcome == "restart":
                    walk.take(fetched)
                    ahead.forget()
                    continue
                count += 1
                page = self._taken(walk, fetched, course)
                ahead.start(walk, None if max_pages is None else max_pages - count)
                yield page
        finally:
            ahead.end()

    def items(
        self,
        *,
        max_items: int | None = None,
        max_pages: int | None = None,
        prefetch: int = 0,
        parallel: int = 1,
        progress: Callable[[Progress], object] | None = None,
    ) -> Generator[T, None, None]:
        """Item by item, at most `max_items`; no page is fetched that is not needed.

        `prefetch`, `parallel` and `progress` as for `pages`; what is fetched ahead may turn out not
        to be needed.
        """
        width = self._width(prefetch, parallel)
        return self._items(max_items, self._pages(max_pages, width, progress))

    def _items(
        self, max_items: int | None, pages: Generator[Page[T], None, None]
    ) -> Generator[T, None, None]:
        left = max_items
        if left is not None and left <= 0:
            return
        with closing(pages):
            for page in pages:
                for item in page.items:
                    yield item
                    if left is not None:
                        left -= 1
                        if left == 0:
                            return

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items


class AsyncPager(_Plan[T]):
    """All items of a list, page by page as they are needed.

    `async for item in pager`, `await pager.first_page()`, `async for page in pager.pages()`. Each
    iteration begins anew. Raises the connector's errors, PagingLoop where the service leads in a
    circle.
    """

    async def first_page(self) -> Page[T]:
        """One page: `items`, `has_next`, `checkpoint`."""
        walk = self._begin()
        fetched = await self._source.fetch_page(self._operation, self._next(walk))
        if fetched.outcome == "restart":
            walk.take(fetched)
            fetched = await self._source.fetch_page(self._operation, self._next(walk))
        return self._taken(walk, fetched)

    def pages(
        self,
        *,
        max_pages: int | None = None,
        prefetch: int = 0,
        parallel: int = 1,
        progress: Callable[[Progress], object] | None = None,
    ) -> AsyncGenerator[Page[T], None]:
        """Page by page, at most `max_pages`; keep `page.checkpoint` to go on another day.

        `progress` is called with a `ferrule_runtime.events.Progress` after each page.
        `prefetch=1` fetches the next page while one is in use; `parallel=4` fetches four at once
        where pages have numbers or offsets, up to three of them in vain where the service tells no
        total. Order, errors and limits stay as they are. Whoever leaves the loop early ends what is
        under way at once by `async with contextlib.aclosing(pager.pages(...)) as pages`.
        """
        return self._pages(max_pages, self._width(prefetch, parallel), progress)

    async def _pages(
        self,
        max_pages: int | None,
        width: int,
        progress: Callable[[Progress], object] | None,
    ) -> AsyncGenerator[Page[T], None]:
        from ferrule_runtime.ahead import AsyncAhead

        walk, course = self._begin(), Course(progress)
        ahead = AsyncAhead(lambda request: self._source.fetch_page(self._operation, request), width)
        count = 0
        try:
            while max_pages is None or count < max_pages:
                request = self._next(walk)
                if request is None:
                    return
                fetched = await ahead.page(walk, request)
                if fetched.outcome == "restart":
                    walk.take(fetched)
                    ahead.forget()
                    continue
                count += 1
                page = self._taken(walk, fetched, course)
                ahead.start(walk, None if max_pages is None else max_pages - count)
                yield page
        finally:
            await ahead.end()

    def items(
        self,
        *,
        max_items: int | None = None,
        max_pages: int | None = None,
        prefetch: int = 0,
        parallel: int = 1,
        progress: Callable[[Progress], object] | None = None,
    ) -> AsyncGenerator[T, None]:
        """Item by item, at most `max_items`; no page is fetched that is not needed.

        `prefetch`, `parallel` and `progress` as for `pages`; what is fetched ahead may turn out not
        to be needed.
        """
        width = self._width(prefetch, parallel)
        return self._items(max_items, self._pages(max_pages, width, progress))

    async def _items(
        self, max_items: int | None, pages: AsyncGenerator[Page[T], None]
    ) -> AsyncGenerator[T, None]:
        left = max_items
        if left is not None and left <= 0:
            return
        async with aclosing(pages):
            async for page in pages:
                for item in page.items:
                    yield item
                    if left is not None:
                        left -= 1
                        if left == 0:
                            return

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item
