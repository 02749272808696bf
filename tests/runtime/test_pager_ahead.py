"""Pages that are fetched before they are asked for: in order, in bounds, and none left running."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import aclosing, closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule_runtime.errors import PagingLoop
from ferrule_runtime.operation import Arguments, Paging
from ferrule_runtime.pager import AsyncPager, Fetched, Page
from ferrule_runtime.places import body
from tests.runtime.paging import (
    CURSOR,
    THREE,
    AsyncService,
    Service,
    Thing,
    by_cursor,
    by_page,
    things,
)

NUMBERED = Paging(page=("query", "p"), total=body("total"))
TEN = [{"items": things(number), "total": 10} for number in range(1, 11)]
PATIENCE_SECONDS = 20.0


def ids(pages: Any) -> list[int]:
    return [thing.id for page in pages for thing in page.items]


def fetching() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("ferrule-pages")]


def test_one_page_is_fetched_while_another_is_in_use() -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def answer(arguments: Arguments) -> Any:
        if (arguments.query or {}).get("after") == "a":
            has_begun.set()
            assert may_end.wait(PATIENCE_SECONDS)
        return by_cursor(THREE)(arguments)

    service = Service(answer, CURSOR)
    with closing(service.pager().pages(prefetch=1)) as pages:
        assert len(next(pages).items) == 2
        assert has_begun.wait(PATIENCE_SECONDS)
        may_end.set()
        assert ids(pages) == [3, 4]
    assert service.sent("after")[1:] == ["a", "b"]
    assert fetching() == []


def test_nothing_is_fetched_ahead_before_the_first_page_is_asked_for() -> None:
    service = Service(by_page("p", TEN), NUMBERED)
    pages = service.pager().pages(parallel=4)
    assert service.requests == []
    pages.close()
    assert service.requests == []


def test_several_pages_are_fetched_at_once_and_given_in_order() -> None:
    # Pages 2 to 5 end only when all four of them have begun, and the last one ends first.
    together = threading.Barrier(4)
    ended = [threading.Event() for _ in range(7)]
    ended[6].set()

    def answer(arguments: Arguments) -> Any:
        number = (arguments.query or {})["p"]
        if 2 <= number <= 5:
            together.wait(PATIENCE_SECONDS)
            assert ended[number + 1].wait(PATIENCE_SECONDS)
            ended[number].set()
        return by_page("p", TEN)(arguments)

    service = Service(answer, NUMBERED)
    assert ids(service.pager().pages(parallel=4)) == list(range(1, 11))
    assert sorted(service.sent("p")) == list(range(1, 11))
    assert fetching() == []


def test_an_error_comes_at_its_page() -> None:
    has_failed = threading.Event()

    def answer(arguments: Arguments) -> Any:
        number = (arguments.query or {})["p"]
        if number == 2:
            assert has_failed.wait(PATIENCE_SECONDS)
        if number >= 3:
            has_failed.set()
            raise ValueError(f"page {number}")
        return by_page("p", TEN)(arguments)

    met: list[int] = []
    with pytest.raises(ValueError, match="page 3"):
        collect(Service(answer, NUMBERED), met)
    assert met == [1, 2]
    assert fetching() == []


def collect(service: Service, met: list[int]) -> None:
    met.extend(thing.id for thing in service.pager().items(parallel=4))


@pytest.mark.parametrize("more", [{"prefetch": 1}, {"parallel": 3}])
def test_nothing_runs_after_the_loop_is_left(more: dict[str, Any]) -> None:
    service = Service(by_page("p", TEN), NUMBERED)
    for item in service.pager().items(**more):
        if item.id == 2:
            break
    assert fetching() == []
    sent = len(service.requests)
    assert sent <= 2 + max(more.values())
    assert [item.id for item in service.pager().items(max_items=3, **more)] == [1, 2, 3]
    assert fetching() == []


@pytest.mark.parametrize("most", [1, 2, 5])
def test_no_more_pages_are_fetched_than_are_wanted(most: int) -> None:
    service = Service(by_page("p", TEN), NUMBERED)
    assert ids(service.pager().pages(max_pages=most, parallel=4)) == list(range(1, most + 1))
    assert sorted(service.sent("p")) == list(range(1, most + 1))


def test_each_page_has_the_checkpoint_that_it_has_without() -> None:
    service = Service(by_page("p", TEN), NUMBERED)
    alone = [page.checkpoint for page in service.pager().pages()]
    assert [page.checkpoint for page in service.pager().pages(prefetch=1)] == alone
    assert [page.checkpoint for page in service.pager().pages(parallel=4)] == alone
    again = service.pager(checkpoint=alone[3]).pages(parallel=4)
    assert ids(again) == list(range(5, 11))


def test_a_circle_is_noticed_where_it_closes() -> None:
    numbered = Paging(page=("query", "p"))
    service = Service(lambda _: {"items": things(1)}, numbered)
    met: list[int] = []
    with pytest.raises(PagingLoop):
        collect(service, met)
    assert met == [1]
    assert len(service.requests) <= 6


def test_what_cannot_be_is_refused_at_once() -> None:
    pager = Service(by_cursor(THREE), CURSOR).pager()
    impossible: list[dict[str, Any]] = [{"prefetch": 2}, {"prefetch": -1}, {"parallel": 0}]
    for wrong in impossible:
        with pytest.raises(ValueError, match="must be"):
            pager.pages(**wrong)
    with pytest.raises(ValueError, match="no page numbers"):
        pager.items(parallel=2)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), max_size=8), st.booleans(), st.booleans(), st.integers(2, 5))
def test_whatever_the_pages_are_nothing_is_lost_or_doubled(
    sizes: list[int], tells_total: bool, by_offset: bool, width: int
) -> None:
    everything = list(range(sum(sizes)))
    pages: list[list[int]] = []
    for size in sizes:
        begin = sum(len(page) for page in pages)
        pages.append(everything[begin : begin + size])
    at_offset = {page[0]: page for page in pages if page}

    def answer(arguments: Arguments) -> Any:
        query = arguments.query or {}
        if by_offset:
            found = at_offset.get(query["o"], [])
        else:
            found = pages[query["p"] - 1] if query["p"] <= len(pages) else []
        return {"items": things(*found)} | ({"total": len(everything)} if tells_total else {})

    target = {"offset": ("query", "o")} if by_offset else {"page": ("query", "p")}
    paging = Paging(**target, total=body("total"))  # type: ignore[arg-type]
    alone = Service(answer, paging).ids()
    assert ids(Service(answer, paging).pager().pages(parallel=width)) == alone
    assert ids(Service(answer, paging).pager().pages(prefetch=1)) == alone


# --- async


class Held(AsyncService):
    """Answers a page as soon as the test lets it."""

    def __init__(self, answer: Callable[[Arguments], Any], paging: Paging) -> None:
        super().__init__(answer, paging)
        self.begun: list[int] = []
        self.ended: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}

    async def fetch_page(  # type: ignore[override]
        self, operation: Any, arguments: Arguments
    ) -> Fetched[Any]:
        number = (arguments.query or {})["p"]
        self.begun.append(number)
        try:
            if number in self.gates:
                await self.gates[number].wait()
            return await super().fetch_page(operation, arguments)
        finally:
            self.ended.append(number)

    def numbered(self) -> AsyncPager[Thing]:
        return AsyncPager(self, self.operation, NUMBERED, Arguments())


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_tasks_fetch_ahead_in_order() -> None:
    async def walk() -> None:
        service = Held(by_page("p", TEN), NUMBERED)
        service.gates = {2: asyncio.Event()}
        async with aclosing(service.numbered().pages(parallel=3)) as pages:
            first: Page[Thing] = await anext(pages)
            await settle()
            assert [thing.id for thing in first.items] == [1]
            assert service.begun == [1, 2, 3, 4]
            assert service.ended == [1, 3, 4]
            service.gates[2].set()
            assert [thing.id async for page in pages for thing in page.items] == list(range(2, 11))
        assert sorted(service.begun) == list(range(1, 11))

    asyncio.run(walk())


@pytest.mark.parametrize("more", [{"prefetch": 1}, {"parallel": 4}])
def test_no_task_runs_after_the_loop_is_left(more: dict[str, Any]) -> None:
    async def walk() -> None:
        service = Held(by_page("p", TEN), NUMBERED)
        service.gates = {3: asyncio.Event()}
        async for item in service.numbered().items(**more):
            if item.id == 2:
                await settle()
                break
        await settle()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert sorted(service.begun) == sorted(service.ended)
        async with aclosing(service.numbered().pages(**more)) as pages:
            await anext(pages)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(walk())


def test_a_cancelled_walk_cancels_what_it_has_sent() -> None:
    async def walk() -> None:
        service = Held(by_page("p", TEN), NUMBERED)
        service.gates = {number: asyncio.Event() for number in range(2, 11)}

        async def walked() -> None:
            async for _ in service.numbered().items(parallel=4):
                pass

        task = asyncio.create_task(walked())
        await settle()
        assert service.begun == [1, 2, 3, 4, 5]
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await settle()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert sorted(service.ended) == [1, 2, 3, 4, 5]

    asyncio.run(walk())


def test_an_error_of_a_task_comes_at_its_page() -> None:
    def answer(arguments: Arguments) -> Any:
        number = (arguments.query or {})["p"]
        if number >= 3:
            raise ValueError(f"page {number}")
        return by_page("p", TEN)(arguments)

    async def walk() -> None:
        service = Held(answer, NUMBERED)
        met: list[int] = []

        async def collected() -> None:
            async for item in service.numbered().items(parallel=4):
                await settle()
                met.append(item.id)

        with pytest.raises(ValueError, match="page 3"):
            await collected()
        assert met == [1, 2]

    asyncio.run(walk())
