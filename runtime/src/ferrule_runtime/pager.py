"""Lazy iterators over pages and items, sync and async: nothing is sent before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.walk import Fetched, Page, PagingFault, Walk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from ferrule_runtime.operation import Arguments, Operation, Paging

__all__ = ["AsyncPageSource", "AsyncPager", "Fetched", "Page", "PageSource", "Pager"]

T = TypeVar("T")


class PageSource(Protocol):
    """What a Pager asks of its client."""

    def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]: ...

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception: ...


class AsyncPageSource(Protocol):
    """What an AsyncPager asks of its client."""

    async def fetch_page(self, operation: Operation[Any], arguments: Arguments) -> Fetched[Any]: ...

    def paging_loop(self, operation: Operation[Any], reason: str) -> Exception: ...


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

    def first_request(self) -> Arguments:
        """What the first page is asked for with."""
        request = self._begin().next_request()
        assert request is not None
        return request

    def _next(self, walk: Walk[T]) -> Arguments | None:
        try:
            return walk.next_request()
        except PagingFault as fault:
            reason = str(fault)
        raise self._loop(reason)

    def _taken(self, walk: Walk[T], fetched: Fetched[T]) -> Page[T]:
        try:
            return walk.take(fetched)
        except PagingFault as fault:
            reason = str(fault)
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
        request = self._next(walk)
        return self._taken(walk, self._source.fetch_page(self._operation, request))

    def pages(self, *, max_pages: int | None = None) -> Iterator[Page[T]]:
        """Page by page, at most `max_pages`; keep `page.checkpoint` to go on another day."""
        walk = self._begin()
        count = 0
        while max_pages is None or count < max_pages:
            request = self._next(walk)
            if request is None:
                return
            count += 1
            yield self._taken(walk, self._source.fetch_page(self._operation, request))

    def items(self, *, max_items: int | None = None, max_pages: int | None = None) -> Iterator[T]:
        """Item by item, at most `max_items`; no page is fetched that is not needed."""
        left = max_items
        if left is not None and left <= 0:
            return
        for page in self.pages(max_pages=max_pages):
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
        return self._taken(
            walk, await self._source.fetch_page(self._operation, walk.next_request())
        )

    async def pages(self, *, max_pages: int | None = None) -> AsyncIterator[Page[T]]:
        """Page by page, at most `max_pages`; keep `page.checkpoint` to go on another day."""
        walk = self._begin()
        count = 0
        while max_pages is None or count < max_pages:
            request = self._next(walk)
            if request is None:
                return
            count += 1
            yield self._taken(walk, await self._source.fetch_page(self._operation, request))

    async def items(
        self, *, max_items: int | None = None, max_pages: int | None = None
    ) -> AsyncIterator[T]:
        """Item by item, at most `max_items`; no page is fetched that is not needed."""
        left = max_items
        if left is not None and left <= 0:
            return
        async for page in self.pages(max_pages=max_pages):
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
