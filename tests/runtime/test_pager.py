"""Walks through pages: every style, every end, no circle, and a checkpoint that goes on."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.checkpoint import read_checkpoint, without_parameters, write_checkpoint
from ferrule_runtime.conditions import truthy
from ferrule_runtime.errors import PagingLoop
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Arguments, Operation, Paging
from ferrule_runtime.pager import AsyncPager, Page
from ferrule_runtime.places import ANY, Place, as_, body, header, last
from tests.runtime.paging import (
    BASE,
    CURSOR,
    THREE,
    AsyncService,
    Service,
    Thing,
    by_cursor,
    by_page,
    things,
)


def test_a_cursor_goes_into_the_next_request() -> None:
    service = Service(by_cursor(THREE), CURSOR)
    query = {"sort": "id", "gone": omit}
    arguments = Arguments(query=query)
    assert service.ids(arguments) == [1, 2, 3, 4]
    assert service.sent("after") == [omit, "a", "b"]
    assert service.sent("sort") == ["id"] * 3
    assert query == {"sort": "id", "gone": omit}
    assert arguments.query is query


def test_nothing_is_sent_before_it_is_asked_for() -> None:
    service = Service(by_cursor(THREE), CURSOR)
    pager = service.pager()
    assert service.requests == []
    iterator = iter(pager)
    assert service.requests == []
    assert [next(iterator).id for _ in range(2)] == [1, 2]
    assert len(service.requests) == 1
    assert next(iterator).id == 3
    assert len(service.requests) == 2


def test_first_page_pages_and_limits() -> None:
    service = Service(by_cursor(THREE), CURSOR)
    page = service.pager().first_page()
    assert ([each.id for each in page.items], page.has_next) == ([1, 2], True)
    assert len(service.requests) == 1
    assert [len(page.items) for page in service.pager().pages()] == [2, 1, 1]
    assert [len(page.items) for page in service.pager().pages(max_pages=2)] == [2, 1]
    service.requests.clear()
    assert [each.id for each in service.pager().items(max_items=2)] == [1, 2]
    assert len(service.requests) == 1
    assert list(service.pager().items(max_items=0)) == []
    assert [each.id for each in service.pager().items(max_pages=1)] == [1, 2]
    assert repr(service.pager()) == "Pager(things.list)"
    assert repr(page) == "Page(2 items, there is more)"


@pytest.mark.parametrize("cursor", [None, "", [], {}, False])
def test_a_missing_null_or_empty_cursor_ends(cursor: Any) -> None:
    service = Service(lambda _: {"items": things(1), "next": cursor}, CURSOR)
    assert service.ids() == [1]


def test_a_short_page_does_not_end_and_a_cursor_beats_an_empty_page() -> None:
    pages = {
        None: {"items": things(1), "next": 0},
        0: {"items": [], "next": {"deep": 1}},
        "x": {"items": things(2)},
    }
    service = Service(
        lambda arguments: pages["x" if type(after := (arguments.query or {}).get("after")) is dict
                                else after],
        CURSOR,
    )  # fmt: skip
    assert service.ids() == [1, 2]
    assert service.sent("after") == [omit, 0, {"deep": 1}]


def test_more_beats_a_cursor() -> None:
    paging = Paging(cursor=body("next"), into=(("query", "after"),), more=truthy(body("more")))
    pages = {
        None: {"items": things(1), "next": "a", "more": True},
        "a": {"items": things(2), "next": "b", "more": False},
    }
    assert Service(by_cursor(pages), paging).ids() == [1, 2]
    stuck = {None: {"items": things(1), "more": True}}
    assert Service(by_cursor(stuck), paging).ids() == [1]


@pytest.mark.parametrize("outcome", ["end", "ignore"])
def test_outcomes_end_a_walk(outcome: str) -> None:
    service = Service(lambda _: ({"items": things(1), "next": "a"}, [], outcome), CURSOR)
    pages = list(service.pager().pages())
    assert [page.has_next for page in pages] == [False]


def test_the_last_record_is_a_cursor() -> None:
    paging = Paging(cursor=last("key"), into=(("query", "starting_after"),))

    def answer(arguments: Arguments) -> Any:
        after = (arguments.query or {}).get("starting_after")
        return {"items": {None: things(1, 2), "k2": things(3), "k3": []}[after]}

    service = Service(answer, paging)
    assert service.ids() == [1, 2, 3]
    assert service.sent("starting_after") == [omit, "k2", "k3"]


@pytest.mark.parametrize("place", [last("sort"), body("after")])
def test_a_cursor_that_is_a_list_is_sent_whole(place: Place) -> None:
    paging = Paging(cursor=place, into=(("body", "search_after"),))

    def answer(arguments: Arguments) -> Any:
        pages = [(None, 1, [7, "a"]), ([7, "a"], 2, [7, "b"]), ([7, "b"], 3, [])]
        before = arguments.body.get("search_after")
        number, after = next(page[1:] for page in pages if page[0] == before)
        return {"items": [{"id": number, "sort": after}], "after": after}

    service = Service(answer, paging)
    assert service.ids(Arguments(body={})) == [1, 2, 3]
    assert [request.body.get("search_after") for request in service.requests] == [
        None,
        [7, "a"],
        [7, "b"],
    ]
    first = service.pager(Arguments(body={})).first_page()
    assert [
        thing.id for thing in service.pager(Arguments(body={}), checkpoint=first.checkpoint)
    ] == [2, 3]


def test_the_first_match_of_a_wildcard_is_a_cursor() -> None:
    paging = Paging(cursor=last("sort", ANY), into=(("query", "after"),))

    def answer(arguments: Arguments) -> Any:
        after = (arguments.query or {}).get("after")
        return {"items": [{"id": 1, "sort": ["b", "x"]}] if after is None else []}

    service = Service(answer, paging)
    assert service.ids() == [1]
    assert service.sent("after") == [omit, "b"]


def test_several_targets_and_places_in_a_body() -> None:
    paging = Paging(
        into=((("body", "range.end"), last("key")), (("header", "X-Rev"), header("X-Revision")))
    )

    def answer(arguments: Arguments) -> Any:
        end = arguments.body["range"].get("end")
        items = {None: things(1), "k1": things(2), "k2": []}[end]
        return {"items": items}, [(b"X-Revision", b"7")], "success"

    given = {"range": {"start": "a"}, "other": [1]}
    service = Service(answer, paging)
    assert service.ids(Arguments(body=given)) == [1, 2]
    assert [request.body for request in service.requests] == [
        {"range": {"start": "a"}, "other": [1]},
        {"range": {"start": "a", "end": "k1"}, "other": [1]},
        {"range": {"start": "a", "end": "k2"}, "other": [1]},
    ]
    assert [request.headers for request in service.requests][1:] == [{"X-Rev": "7"}] * 2
    assert given == {"range": {"start": "a"}, "other": [1]}


def test_a_cursor_and_a_second_target() -> None:
    paging = Paging(
        cursor=body("next"), into=(("body", "cursor"), (("cookie", "c"), header("X-C")))
    )

    def answer(arguments: Arguments) -> Any:
        done = arguments.body is not omit and "cursor" in arguments.body
        content = {"items": things(2)} if done else {"items": things(1), "next": "n"}
        return content, [(b"X-C", b"z")], "success"

    service = Service(answer, paging)
    assert service.ids(Arguments(body=omit)) == [1, 2]
    assert (service.requests[1].body, service.requests[1].cookies) == ({"cursor": "n"}, {"c": "z"})


def by_url(pages: dict[str, Any]) -> Callable[[Arguments], Any]:
    return lambda arguments: pages[urlsplit(arguments.next_url or "").query]


@pytest.mark.parametrize(
    ("given", "absolute"),
    [
        ("https://api.example/v1/things?p=2", "https://api.example/v1/things?p=2"),
        ("/v1/things?p=2", "https://api.example/v1/things?p=2"),
        ("things?p=2", "https://api.example/v1/things?p=2"),
        ("?p=2", "https://api.example/v1/things?p=2"),
        ("//other.example/x?p=2", "https://other.example/x?p=2"),
        (" ?p=2 ", "https://api.example/v1/things?p=2"),
    ],
)
def test_a_next_url_is_resolved_and_carried(given: str, absolute: str) -> None:
    pages = {"": {"items": things(1), "next": given}, "p=2": {"items": things(2), "next": ""}}
    service = Service(by_url(pages), Paging(next_url=body("next")))
    assert service.ids(Arguments(query={"sort": "x"})) == [1, 2]
    assert service.requests[1].next_url == absolute
    assert service.requests[1].base_url == f"{BASE}?sort=x"


def test_links() -> None:
    def answer(arguments: Arguments) -> Any:
        if arguments.next_url is None:
            link = b'<https://api.example/v1/things?page=2>; rel="next", <x>; rel="last"'
            return things(1), [(b"Link", link)], "success"
        return things(2)

    service = Service(answer, Paging(link="next"), at=body())
    assert service.ids() == [1, 2]


@pytest.mark.parametrize("url", [None, "", "  ", 5, ["", "x"]])
def test_no_url_ends(url: Any) -> None:
    service = Service(lambda _: {"items": things(1), "next": url}, Paging(next_url=body("next")))
    assert service.ids() == [1]


def test_page_numbers() -> None:
    pages = [{"items": things(1, 2)}, {"items": things(3)}]
    service = Service(by_page("p", pages), Paging(page=("query", "p")))
    assert service.ids() == [1, 2, 3]
    assert service.sent("p") == [1, 2, 3]
    assert service.ids(start=2) == [3]
    zero = Service(by_page("p", pages, 0), Paging(page=("query", "p"), start=0))
    assert zero.ids() == [1, 2, 3]
    assert zero.sent("p") == [0, 1, 2]


def test_a_total_saves_the_last_request() -> None:
    pages = [{"items": things(1, 2), "total": 3}, {"items": things(3), "total": 3}]
    paging = Paging(page=("query", "p"), total=body("total"))
    service = Service(by_page("p", pages), paging)
    assert [page.total for page in service.pager().pages()] == [3, 3]
    assert service.sent("p") == [1, 2]
    # From the middle on, nobody can tell how many there were before.
    assert service.ids(start=2) == [3]
    assert service.sent("p") == [1, 2, 2, 3]


@pytest.mark.parametrize("total", ["4", 4])
def test_offsets_advance_by_what_was_received(total: Any) -> None:
    everything = things(1, 2, 3, 4)

    def answer(arguments: Arguments) -> Any:
        offset = (arguments.query or {})["offset"]
        return {"items": everything[offset : offset + (1 if offset == 1 else 2)], "total": total}

    service = Service(answer, Paging(offset=("query", "offset")))
    assert service.ids() == [1, 2, 3, 4]
    assert service.sent("offset") == [0, 2, 4]
    counted = Service(
        answer, Paging(offset=("query", "offset"), total=as_(body("total"), "integer"))
    )
    assert counted.ids() == [1, 2, 3, 4]
    assert counted.sent("offset") == [0, 2]
    assert counted.ids(start=3) == [4]


def test_offsets_may_begin_at_one() -> None:
    everything = things(1, 2, 3, 4, 5)

    def answer(arguments: Arguments) -> Any:
        first = (arguments.query or {})["startIndex"] - 1
        return {"items": everything[first : first + 2], "total": 5}

    paging = Paging(offset=("query", "startIndex"), start=1, total=body("total"))
    service = Service(answer, paging)
    assert service.ids() == [1, 2, 3, 4, 5]
    assert service.sent("startIndex") == [1, 3, 5]


def test_more_beats_an_empty_page() -> None:
    pages = [{"items": things(1), "m": 1}, {"items": [], "m": 1}, {"items": things(2), "m": 0}]
    paging = Paging(page=("query", "p"), more=truthy(body("m")))
    assert Service(by_page("p", pages), paging).ids() == [1, 2]
    offset = Paging(offset=("query", "o"), more=truthy(body("m")))
    service = Service(lambda _: {"items": [], "m": 1}, offset)
    with pytest.raises(PagingLoop, match="empty page"):
        service.ids()


SIZED = Paging(
    cursor=body("next"),
    into=(("query", "after"),),
    size=("query", "page[size]"),
    default_size=50,
    max_size=100,
)


@pytest.mark.parametrize(("given", "sent"), [(omit, 50), (7, 7), (100, 100), (1000, 100)])
def test_sizes(given: Any, sent: int) -> None:
    service = Service(by_cursor(THREE), SIZED)
    service.ids(page_size=given)
    assert service.sent("page[size]") == [sent] * 3


def test_a_size_without_default_is_left_to_the_service() -> None:
    service = Service(by_cursor(THREE), Paging(cursor=body("next"), into=(("query", "after"),),
                                               size=("body", "limit")))  # fmt: skip
    service.ids()
    assert service.requests[0].body is omit
    service.pager(page_size=5).first_page()
    assert service.requests[-1].body == {"limit": 5}


def test_parameters_that_are_declared_too_hold_the_callers_first_value() -> None:
    service = Service(by_cursor(THREE), SIZED)
    assert service.ids(Arguments(query={"after": "a", "page[size]": 3})) == [3, 4]
    assert service.sent("page[size]") == [3, 3]
    pages = [{"items": things(1)}, {"items": things(2)}]
    paged = Service(by_page("p", pages), Paging(page=("query", "p")))
    assert paged.ids(Arguments(query={"p": 2})) == [2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"page_size": 0}, "page_size must be"),
        ({"page_size": True}, "page_size must be"),
        ({"start": 2}, "use checkpoint="),
        ({"checkpoint": "nonsense"}, "checkpoint is none"),
        ({"checkpoint": "é"}, "checkpoint is none"),
        ({"checkpoint": write_checkpoint("other.list", {"c": ["x"]})}, "another action"),
    ],
)
def test_what_no_walk_can_begin_with_is_told_at_once(options: dict[str, Any], message: str) -> None:
    service = Service(by_cursor(THREE), SIZED)
    with pytest.raises(ValueError, match=message):
        service.pager(**options)
    with pytest.raises(ValueError, match="start must be"):
        Service(by_cursor(THREE), Paging(page=("query", "p"))).pager(start=-1)
    assert service.requests == []


def test_a_list_without_paging_is_one_page() -> None:
    service = Service(lambda _: {"items": things(1)}, None)
    assert service.ids() == [1]
    assert service.pager().first_page().has_next is False
    with pytest.raises(ValueError, match="takes no checkpoint"):
        service.pager(checkpoint="x")


def test_a_page_number_may_stand_in_the_path() -> None:
    def answer(arguments: Arguments) -> Any:
        return {"items": things(arguments.path[1]) if arguments.path[1] < 3 else []}

    service = Service(answer, Paging(page=("path", "n")))
    service.operation = Operation("things.list", "GET", "/a/{id}/p/{n}", returns=list[Thing],
                                  at=body("items"))  # fmt: skip
    assert service.ids(Arguments(path=(9, 0))) == [1, 2]
    assert [request.path for request in service.requests] == [(9, 1), (9, 2), (9, 3)]


@pytest.mark.parametrize(
    "pages",
    [
        {None: {"items": things(1), "next": "a"}, "a": {"items": things(2), "next": "a"}},
        {
            None: {"items": things(1), "next": "a"},
            "a": {"items": things(2), "next": "b"},
            "b": {"items": things(3), "next": "a"},
        },
    ],
    ids=["itself", "a-b-a"],
)
def test_a_cursor_that_was_given_before_ends_in_a_clear_error(pages: dict[Any, Any]) -> None:
    service = Service(by_cursor(pages), CURSOR)
    met: list[int] = []
    with pytest.raises(PagingLoop, match="a cursor of a page that it has given before") as caught:
        met.extend(thing.id for thing in service.pager())
    assert caught.value.action == "things.list"
    assert caught.value.__context__ is None
    assert len(service.requests) == len(pages)


def test_the_items_before_a_circle_are_given_once() -> None:
    service = Service(lambda _: {"items": things(1), "next": "a"}, CURSOR)
    met: list[int] = []

    def walk() -> None:
        for thing in service.pager():
            met.append(thing.id)  # noqa: PERF401 - what came before the error counts

    with pytest.raises(PagingLoop):
        walk()
    assert met == [1]
    assert service.pager().first_page().has_next is True


def test_a_next_url_that_is_the_own_one_is_a_circle() -> None:
    service = Service(
        lambda _: {"items": things(1), "next": f"{BASE}?b=2&a=1&key=s#x"},
        Paging(next_url=body("next")),
    )
    service.secret_query = ("key",)
    with pytest.raises(PagingLoop, match="a URL"):
        service.ids(Arguments(query={"a": 1, "b": 2}))
    assert len(service.requests) == 1


def test_a_service_that_does_not_know_the_page_number_is_noticed() -> None:
    service = Service(lambda _: {"items": things(1, 2)}, Paging(page=("query", "p")))
    with pytest.raises(PagingLoop, match="a page that it has given before"):
        service.ids()
    assert len(service.requests) == 2


def test_checkpoints_go_on_where_they_were_taken() -> None:
    service = Service(by_cursor(THREE), SIZED)
    page = service.pager(page_size=7).first_page()
    assert isinstance(page.checkpoint, str)
    assert page.checkpoint.isascii()
    service.requests.clear()
    assert service.ids(checkpoint=page.checkpoint) == [3, 4]
    assert service.sent("after") == ["a", "b"]
    assert service.sent("page[size]") == [7, 7]
    service.requests.clear()
    assert service.ids(checkpoint=page.checkpoint, page_size=9) == [3, 4]
    assert service.sent("page[size]") == [9, 9]
    assert list(service.pager().pages())[-1].checkpoint is None


@pytest.mark.parametrize(
    ("paging", "answer", "expected"),
    [
        (Paging(page=("query", "p")), by_page("p", [{"items": things(1)}, {"items": things(2)}]),
         [2]),
        (Paging(offset=("query", "p")), by_page("p", [{"items": things(1)}, {"items": things(2)}],
                                                0), [2]),
        (Paging(next_url=body("next")),
         by_url({"": {"items": things(1), "next": "?p=2"}, "p=2": {"items": things(2)}}), [2]),
    ],
    ids=["page", "offset", "url"],
)  # fmt: skip
def test_every_style_has_checkpoints(paging: Paging, answer: Any, expected: list[int]) -> None:
    service = Service(answer, paging)
    checkpoint = service.pager().first_page().checkpoint
    assert checkpoint is not None
    assert service.ids(checkpoint=checkpoint) == expected


def test_a_checkpoint_that_leads_back_is_a_circle() -> None:
    pages = {"a": {"items": things(1), "next": "a"}}
    service = Service(by_cursor(pages), CURSOR)
    with pytest.raises(PagingLoop):
        service.ids(checkpoint=write_checkpoint("things.list", {"c": ["a"]}))
    assert len(service.requests) == 1


def test_no_credential_of_a_url_reaches_a_checkpoint() -> None:
    url = "https://api.example/v1/things?p=2&api_key=s3cr3t&q=%26#f"
    service = Service(
        by_url({"": {"items": things(1), "next": url}}), Paging(next_url=body("next"))
    )
    service.secret_query = ("api_key",)
    checkpoint = service.pager().first_page().checkpoint
    assert checkpoint is not None
    state = read_checkpoint(checkpoint, "things.list")
    assert state["u"] == "https://api.example/v1/things?p=2&q=%26#f"


_PARTS = st.text(alphabet="abk&=?#%+ ", max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["key", "a", "b%20c", "%6bey"]), _PARTS), max_size=4))
def test_a_parameter_is_taken_out_whatever_stands_beside_it(pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{name}={value}" for name, value in pairs)
    kept = without_parameters(f"https://x/?{query}", ("key",))
    names = [name for name, _ in parse_qsl(urlsplit(kept).query, keep_blank_values=True)]
    assert "key" not in names
    assert without_parameters(f"https://x/?{query}", ()) == f"https://x/?{query}"


@given(st.dictionaries(st.sampled_from("cunsx"), st.none() | st.integers() | st.text(max_size=5)
                       | st.lists(st.integers(), max_size=3)))  # fmt: skip
def test_checkpoints_of_any_state_are_read_or_refused(state: dict[str, Any]) -> None:
    text = write_checkpoint("things.list", {k: v for k, v in state.items() if v is not None})
    for paging in (CURSOR, SIZED, Paging(page=("query", "p")), Paging(next_url=body("next"))):
        service = Service(by_cursor(THREE), paging)
        try:
            pager = service.pager(checkpoint=text)
        except ValueError:
            continue
        assert repr(pager) == "Pager(things.list)"


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_checkpoints(text: str) -> None:
    with pytest.raises(ValueError, match="checkpoint"):
        read_checkpoint(text, "things.list")


@given(st.lists(st.integers(0, 4), min_size=1, max_size=8), st.booleans(), st.integers(0, 7))
def test_every_item_comes_once_in_order_from_anywhere(
    sizes: list[int], has_more: bool, stop: int
) -> None:
    """A service with pages of any size: all of it, and all of it across a checkpoint too."""
    numbered: Iterator[int] = iter(range(1000))
    pages = [[next(numbered) for _ in range(size)] for size in sizes]
    everything = [each for page in pages for each in page]

    def answer(arguments: Arguments) -> Any:
        index = int((arguments.query or {}).get("after", 0))
        content: dict[str, Any] = {"items": things(*pages[index]), "more": index + 1 < len(pages)}
        if index + 1 < len(pages):
            content["next"] = str(index + 1)
        return content

    more = truthy(body("more")) if has_more else None
    paging = Paging(cursor=body("next"), into=(("query", "after"),), more=more)
    service = Service(answer, paging)
    assert service.ids() == everything
    met: list[int] = []
    checkpoint: str | None = None
    for count, page in enumerate(service.pager().pages()):
        met += [thing.id for thing in page.items]
        checkpoint = page.checkpoint
        if count == stop:
            break
    if checkpoint is not None:
        met += service.ids(checkpoint=checkpoint)
    assert met == everything


def test_the_async_pager_walks_the_same() -> None:
    async def walk() -> None:
        service = AsyncService(by_cursor(THREE), CURSOR)
        pager: AsyncPager[Thing] = AsyncPager(service, service.operation, CURSOR, Arguments())
        assert service.requests == []
        assert [thing.id async for thing in pager] == [1, 2, 3, 4]
        first = await pager.first_page()
        assert isinstance(first, Page)
        assert first.has_next
        pages = [page async for page in pager.pages(max_pages=2)]
        assert [len(page.items) for page in pages] == [2, 1]
        service.requests.clear()
        assert [thing.id async for thing in pager.items(max_items=2)] == [1, 2]
        assert [thing.id async for thing in pager.items(max_items=0)] == []
        assert len(service.requests) == 1
        assert repr(pager) == "AsyncPager(things.list)"
        circle = AsyncService(lambda _: {"items": things(1), "next": "a"}, CURSOR)
        with pytest.raises(PagingLoop):
            _ = [each async for each in AsyncPager(circle, circle.operation, CURSOR, Arguments())]

    asyncio.run(walk())
