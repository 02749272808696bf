"""Lists that take several walks: one for each item of another list, or one for each window of time.

What is next is decided once, by generators; the sync and the async pager only fetch.
"""

from __future__ import annotations

import time
from contextlib import aclosing, closing
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.checkpoint import read_checkpoint, write_checkpoint
from ferrule_runtime.moments import DAY_SECONDS, moment_seconds, written_moment
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.operation import Arguments, Operation, Paging
from ferrule_runtime.pager import AsyncPager, Course, Pager
from ferrule_runtime.templates import render
from ferrule_runtime.walk import Fetched, Page, PagingFault, Walk, path_names_of, put_value

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator, Mapping

    from ferrule_runtime.events import Progress
    from ferrule_runtime.sequences import Each, Since

__all__ = ["AsyncSweep", "Sweep"]

T = TypeVar("T")


class Fetch:
    """Wish: the page of this request."""

    __slots__ = ("arguments", "operation")

    def __init__(self, operation: Operation[Any], arguments: Arguments) -> None:
        self.operation = operation
        self.arguments = arguments


if TYPE_CHECKING:
    # A page is answered by nothing, a wish by what was fetched.
    Steps = Generator[Fetch | Page[Any], Any, None]


class _Rounds(Generic[T]):
    """The walks of one sweep, one after the other; `bookmark` is where the next sweep begins."""

    def __init__(
        self,
        source: Any,
        operation: Operation[Any],
        paging: Paging | None,
        arguments: Arguments,
        *,
        scope: Mapping[str, Any],
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
        since: Any = omit,
        until: Any = omit,
        parent: Mapping[str, Any] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.source = source
        self.operation = operation
        self.paging = paging
        self.arguments = arguments
        self.scope = scope
        self.page_size = page_size
        self.parent = parent or {}
        self.now = now
        self.state: dict[str, Any] = (
            {} if isinstance(checkpoint, Omit) else read_checkpoint(checkpoint, operation.action)
        )
        self.since = since
        self.until = until
        self.bookmark: str | None = None if isinstance(checkpoint, Omit) else checkpoint
        self.path_names = path_names_of(operation.path)
        # One of the two is there; which one decides `steps`.
        self._each: Any = operation.each
        self._since: Any = operation.since
        # The latest moment that an item had.
        self.high: float | None = None
        for name, value in (("since", since), ("until", until)):
            is_moment = isinstance(value, Omit) or moment_seconds(value, self._form) is not None
            if not is_moment:
                raise ValueError(f"{operation.action}: {name} must be a moment")

    @property
    def _form(self) -> str | None:
        since: Since | None = self.operation.since
        return None if since is None else since.form

    def steps(self) -> Steps:
        """Wishes to be granted, and the pages as they come."""
        return self._windows() if self.operation.since is not None else self._items()

    def _walk(self, arguments: Arguments, inner: Any, state_of: Callable[[Any], Any]) -> Steps:
        """One walk. `state_of` makes the state of the sweep from the checkpoint of the walk."""
        resumed = inner if isinstance(inner, str) else omit
        walk: Walk[T] = Walk(
            self.operation, self.paging, arguments, page_size=self.page_size, checkpoint=resumed
        )
        while (request := self._guarded(walk.next_request)) is not None:
            fetched = yield Fetch(self.operation, request)
            page: Page[T] = self._guarded(lambda: walk.take(fetched))  # noqa: B023 - called here
            if fetched.outcome == "restart":
                continue
            yield self._page(page, state_of(page))

    def _page(self, page: Page[T], state: Mapping[str, Any] | None) -> Page[T]:
        checkpoint = None if state is None else write_checkpoint(self.operation.action, state)
        if checkpoint is not None:
            self.bookmark = checkpoint
        return Page(page.items, checkpoint, page.total)

    def _guarded(self, step: Callable[[], Any]) -> Any:
        try:
            return step()
        except PagingFault as fault:
            reason = str(fault)
        raise self.source.paging_loop(self.operation, reason)

    def _put(self, request: Arguments, target: tuple[str, str], value: Any) -> None:
        put_value(request, target, value, self.path_names)

    # --- one walk for each item of another list

    def _items(self) -> Steps:
        each: Each = self._each
        if each.parent is None:
            listed = render(each.listed, {**self.scope, "input": self.arguments.input or {}})
            rows = [] if listed is omit or listed is None else list(listed)
            yield from self._rows(rows, None, None)
            return
        module, _, constant = each.parent.partition(":")
        package = self.source.package_of_connector
        parent: Operation[Any] = getattr(import_module(f"{package}.{module}"), constant)
        before = self.state.get("p")
        walk: Walk[Any] = Walk(
            parent,
            self.source.paging_of(parent),
            Arguments(**self.parent),
            checkpoint=before if isinstance(before, str) else omit,
        )
        while (request := self._guarded(walk.next_request)) is not None:
            fetched = yield Fetch(parent, request)
            page = self._guarded(lambda: walk.take(fetched))  # noqa: B023 - called here
            yield from self._rows(page.items, before, page.checkpoint)
            before, self.state = page.checkpoint, {}

    def _rows(self, rows: list[Any], here: Any, following: Any) -> Steps:
        """The walks of one page of the other list, which stands at `here`."""
        each: Each = self._each
        size = each.batch or 1
        starts = range(0, len(rows), size)
        first = self.state.get("i", 0)
        for start in starts:
            if start < first:
                continue
            is_last = start + size >= len(rows)

            def state_of(
                page: Page[Any], start: int = start, is_last: bool = is_last
            ) -> dict[str, Any] | None:
                if page.checkpoint is not None:
                    return {"p": here, "i": start, "c": page.checkpoint}
                if not is_last:
                    return {"p": here, "i": start + size}
                return None if following is None else {"p": following, "i": 0}

            inner = self.state.get("c") if start == first else None
            yield from self._walk(self._filled(each, rows[start : start + size]), inner, state_of)

    def _filled(self, each: Each, rows: list[Any]) -> Arguments:
        request = self.arguments.copy()
        names: dict[str, Any] = {}
        for target, name, way in each.into:
            values = [inside(row, way) for row in rows]
            if any(value is None for value in values):
                told = f"an item has no {'.'.join(map(str, way)) or name} to be asked for with"
                raise ValueError(f"{self.operation.action}: {told}")
            value = values if each.batch is not None else values[0]
            names[name] = value
            self._put(request, target, value)
        request.each = names
        return request

    # --- one walk for each window of time

    def _windows(self) -> Steps:
        plan: Since = self._since
        state = self.state
        high = state.get("h")
        begin = self._begin(plan, state)
        end = state.get("e")
        if end is None:
            given = None if isinstance(self.until, Omit) else moment_seconds(self.until, plan.form)
            end = self.now() if given is None else given
        inner = state.get("c")
        if begin is None or plan.step_seconds is None:
            yield from self._window(plan, begin, end, end, high, inner)
            return
        while begin < end:
            stop = min(begin + plan.step_seconds, end)
            yield from self._window(plan, begin, stop, end, self.high, inner)
            begin, inner = stop, None

    def _begin(self, plan: Since, state: Mapping[str, Any]) -> float | None:
        self.high = state.get("h")
        if "e" in state:  # in the middle of a reading, whose first window may be open
            return None if state.get("b") is None else float(state["b"])
        if not isinstance(self.since, Omit):
            return moment_seconds(self.since, plan.form)
        if self.high is not None:
            return float(self.high - plan.lookback_seconds)
        start = render(plan.start, {**self.scope, "input": self.arguments.input or {}})
        if start is omit or start is None:
            return None
        begin = moment_seconds(start, plan.form)
        if begin is None:
            raise ValueError(f"{self.operation.action}: the start of the spec is no moment")
        return begin

    def _window(
        self,
        plan: Since,
        begin: float | None,
        stop: float,
        end: float,
        high: float | None,
        inner: Any,
    ) -> Steps:
        request = self.arguments.copy()
        if begin is not None:
            self._put(request, plan.into, written_moment(begin, plan.form))
        if plan.until is not None:
            # A service that counts days counts the last one in.
            last = stop - DAY_SECONDS if plan.form == "date" and stop < end else stop
            self._put(request, plan.until, written_moment(last, plan.form))
        is_last = stop >= end or plan.step_seconds is None or begin is None
        reached: float | None = begin if high is None else high
        if not plan.field:
            reached = stop

        def state_of(page: Page[Any]) -> dict[str, Any] | None:
            nonlocal reached
            seen = (moment_seconds(inside(item, plan.field), plan.form) for item in page.items)
            known = [moment for moment in seen if moment is not None] if plan.field else []
            if known:
                reached = max(known if reached is None else [reached, *known])
            self.high = reached
            if page.checkpoint is not None:
                return {"b": begin, "e": end, "h": reached, "c": page.checkpoint}
            if not is_last:
                return {"b": stop, "e": end, "h": reached}
            self.bookmark = write_checkpoint(self.operation.action, {"h": reached})
            return None

        yield from self._walk(request, inner, state_of)


def inside(item: Any, way: tuple[Any, ...]) -> Any:
    """What a typed item holds at the end of a way of wire names; None where it leads nowhere."""
    from ferrule_runtime.models import attribute_of

    for step in way:
        if isinstance(item, dict):
            item = item.get(step)
        else:
            item = None if item is None else attribute_of(item, str(step))
    return item


def _refuse_ahead(prefetch: int, parallel: int, action: str) -> None:
    if prefetch != 0 or parallel != 1:
        raise ValueError(f"{action} makes several walks: prefetch= and parallel= are of no use")


class _Walks(Generic[T]):
    """What the pagers of several walks share: how they begin, and where they are."""

    def __init__(
        self,
        source: Any,
        operation: Operation[list[T]],
        paging: Paging | None,
        arguments: Arguments,
        **where: Any,
    ) -> None:
        self._source = source
        self._operation = operation
        self._rounds: Callable[[], _Rounds[T]] = lambda: _Rounds(
            source, operation, paging, arguments, **where
        )
        self._current = self._rounds()

    @property
    def bookmark(self) -> str | None:
        """Where the next reading begins, by the iteration that was begun last."""
        return self._current.bookmark

    def _width(self, prefetch: int, parallel: int) -> int:
        _refuse_ahead(prefetch, parallel, self._operation.action)
        return 0


class Sweep(_Walks[T], Pager[T]):
    """All items of several walks, page by page as they are needed.

    `bookmark` is text: pass it as `checkpoint=` to begin after the last page that was given.
    """

    def first_page(self) -> Page[T]:
        """One page: `items`, `has_next`, `checkpoint`; an empty one where nothing is asked for."""
        with closing(self._pages(1, 0, None)) as pages:
            return next(pages, Page([], None))

    def _pages(
        self,
        max_pages: int | None,
        width: int,
        progress: Callable[[Progress], object] | None,
    ) -> Generator[Page[T], None, None]:
        assert width == 0
        course = Course(progress)
        self._current = self._rounds()
        steps = self._current.steps()
        count = 0
        fetched: Fetched[Any] | None = None
        with closing(steps):
            while max_pages is None or count < max_pages:
                try:
                    wish = steps.send(fetched)
                except StopIteration:
                    return
                fetched = None
                if isinstance(wish, Fetch):
                    fetched = self._source.fetch_page(wish.operation, wish.arguments)
                else:
                    count += 1
                    self._source.page_read(self._operation, course.passed(wish), wish)
                    yield wish


class AsyncSweep(_Walks[T], AsyncPager[T]):
    """All items of several walks, page by page as they are needed.

    `bookmark` is text: pass it as `checkpoint=` to begin after the last page that was given.
    """

    async def first_page(self) -> Page[T]:
        """One page: `items`, `has_next`, `checkpoint`; an empty one where nothing is asked for."""
        async with aclosing(self._pages(1, 0, None)) as pages:
            async for page in pages:
                return page
        return Page([], None)

    async def _pages(
        self,
        max_pages: int | None,
        width: int,
        progress: Callable[[Progress], object] | None,
    ) -> AsyncGenerator[Page[T], None]:
        assert width == 0
        course = Course(progress)
        self._current = self._rounds()
        steps = self._current.steps()
        count = 0
        fetched: Fetched[Any] | None = None
        with closing(steps):
            while max_pages is None or count < max_pages:
                try:
                    wish = steps.send(fetched)
                except StopIteration:
                    return
                fetched = None
                if isinstance(wish, Fetch):
                    fetched = await self._source.fetch_page(wish.operation, wish.arguments)
                else:
                    count += 1
                    self._source.page_read(self._operation, course.passed(wish), wish)
                    yield wish
