"""Decoders: one validation a body, and mismatches told by place without values."""

import pickle
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from ferrule_runtime.answer import Answer, AnswerFault, JsonFault
from ferrule_runtime.conditions import all_of, equal, truthy
from ferrule_runtime.decode import Decoder, case_key, decoder_of
from ferrule_runtime.models import (
    ClosedModel,
    DateTime,
    IntegerText,
    Model,
    NumberNan,
    StrictFloat,
    StrictInt,
    Tag,
    by_tag,
)
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Case, Operation, Paging
from ferrule_runtime.places import ANY, body, body_query, header, last, link, status
from ferrule_runtime.stream_items import feed_of
from ferrule_runtime.types import is_list


class User(Model):
    id: StrictInt
    boss: "User | None" = None


class Ticket(Model):
    id: StrictInt
    subject: str | None
    tags: list[str]
    at: DateTime | None = None
    user: User | None = None
    either: StrictInt | str | None = None


class Price(Model):
    amount: Decimal
    rate: StrictFloat | None = None


class Closed(ClosedModel):
    id: StrictInt


class Paragraph(Model):
    paragraph: dict[str, list[StrictInt]]


Block = Annotated[
    Annotated[Paragraph, Tag("paragraph")] | Annotated[dict[str, Any], Tag("")],
    by_tag("type", ("paragraph",)),
]


def met(content: bytes, *headers: tuple[str, str], status: int = 200) -> Answer:
    return Answer(status, [(name.encode(), value.encode()) for name, value in headers], content)


def outcome(read: Callable[[], Any]) -> Any:
    """What comes of it: a value, or the fault."""
    try:
        return read()
    except AnswerFault as fault:
        return fault


def decoded(
    content: bytes,
    *headers: tuple[str, str],
    status: int = 200,
    argument: Any = None,
    **operation: Any,
) -> Any:  # fmt: skip
    """The value, read from bytes and read from JSON that rules have parsed: the same."""
    decoder = Decoder(Operation("t.get", "GET", "/t", **operation))
    parsed = met(content, *headers, status=status)
    _ = parsed.tree
    first = outcome(lambda: decoder.value(met(content, *headers, status=status), argument))
    second = outcome(lambda: decoder.value(parsed, argument))
    if isinstance(first, AnswerFault):
        assert isinstance(second, AnswerFault)
        assert second.place == first.place
        assert first.__context__ is None
        raise first
    assert repr(second) == repr(first)
    return first


TICKET = b'{"id":1,"subject":null,"tags":["a"],"user":{"id":2,"boss":{"id":3}},"more":{"x":1}}'


def test_at_the_root_and_inside_an_envelope() -> None:
    ticket = decoded(TICKET, returns=Ticket)
    assert isinstance(ticket, Ticket)
    assert ticket.user is not None
    assert ticket.user.boss == User(id=3)
    assert ticket.model_extra == {"more": {"x": 1}}
    inside = b'{"data":{"ticket":' + TICKET + b',"x":1},"meta":5}'
    assert decoded(inside, returns=Ticket, at=body("data", "ticket")) == ticket
    listed = b'{"tickets":[' + TICKET + b"]}"
    assert decoded(listed, returns=list[Ticket], at=body("tickets")) == [ticket]
    assert decoded(b"[" + TICKET + b"]", returns=list[Ticket]) == [ticket]
    assert decoded(b'{"a":{"id":1}}', returns=dict[str, User]) == {"a": User(id=1)}


@pytest.mark.parametrize(
    ("content", "operation", "expected"),
    [
        (b"{}", {"returns": list[Ticket], "at": body("a", "b")}, []),
        (b'{"a":null}', {"returns": list[Ticket], "at": body("a", "b")}, []),
        (b'{"a":{"b":null}}', {"returns": list[Ticket], "at": body("a", "b")}, []),
        (b"null", {"returns": list[Ticket]}, []),
        (b"null", {"returns": list[Ticket], "at": body("a", "b")}, []),
        (b"null", {"returns": Ticket | None, "at": body("a")}, None),
        (b"", {"returns": list[Ticket]}, []),
        (b"", {"returns": list[Ticket], "at": body("a")}, []),
        (b"{}", {"returns": Ticket | None, "at": body("a")}, None),
        (b'{"a":null}', {"returns": Ticket | None, "at": body("a")}, None),
        (b"null", {"returns": Ticket | None}, None),
        (b"", {"returns": Ticket | None}, None),
        (b"{}", {"returns": list[Ticket] | None, "at": body("a")}, None),
        (b"{}", {"returns": IntegerText, "at": body("n"), "default": (0,)}, 0),
        (b'{"n":"7"}', {"returns": IntegerText, "at": body("n"), "default": (0,)}, 7),
        (b"{}", {"returns": Any, "at": body("n")}, None),
        (b"anything", {"returns": None}, None),
        (b"anything", {"constant": (False,)}, False),
        (b"", {"returns": list[Ticket], "at": header("X-None")}, []),
        (b"{}", {"returns": list[StrictInt], "at": body("a", ANY, "id")}, []),
    ],
)
def test_what_is_missing(content: bytes, operation: dict[str, Any], expected: Any) -> None:
    assert decoded(content, **operation) == expected


def test_an_empty_list_is_a_new_one_each_time() -> None:
    decoder = Decoder(Operation("t.list", "GET", "/t", returns=list[Ticket], at=body("t")))
    first = decoder.value(met(b"{}"))
    first.append(1)
    assert decoder.value(met(b"{}")) == []


@pytest.mark.parametrize(
    ("content", "operation", "place", "reason"),
    [
        (b'{"id":"7"}', {"returns": User}, "$.id", "should be a valid integer"),
        (b"[]", {"returns": User}, "$", "should be"),
        (b'{"t":[{"id":1},{"id":[]}]}', {"returns": list[User], "at": body("t")}, "$.t[1].id",
         "should be a valid integer"),
        (b'{"t":{}}', {"returns": list[User], "at": body("t")}, "$.t", "should be a valid"),
        (b'{"t":5}', {"returns": User, "at": body("t", "u")}, "$.t", "should be"),
        (b'{"t":{}}', {"returns": User, "at": body("t", "u")}, "$.t.u", "is missing or null"),
        (b'{"id":1,"boss":{"id":2,"boss":{}}}', {"returns": User}, "$.boss.boss.id", "is missing"),
        (b'{"id":1,"subject":"","tags":[],"either":[]}', {"returns": Ticket}, "$.either",
         "should be a valid integer or should be a valid string"),
        (b'{"id":1,"subject":"","tags":[],"at":"soon"}', {"returns": Ticket}, "$.at",
         "should be a datetime in ISO 8601"),
        (b'{"id":1,"x":2}', {"returns": Closed}, "$.x", "is not a declared field"),
        (b'{"odd name":{"id":""}}', {"returns": dict[str, User]}, "$['odd name'].id", "integer"),
        (b'{"a\\r\\nb":{}}', {"returns": dict[str, User]}, "$['a\\r\\nb'].id", "is missing"),
        (b'[{"type":"paragraph","paragraph":{"paragraph":["x"]}}]', {"returns": list[Block]},
         "$[0].paragraph.paragraph[0]", "integer"),
        (b'[{"type":"paragraph","id":1}]', {"returns": list[Block]}, "$[0].paragraph",
         "is missing"),
        (b'{"a":[{"id":1},{"id":"x"}]}', {"returns": list[StrictInt], "at": body("a", ANY, "id")},
         "$.a[1].id", "integer"),
        (b'{"a":[5,{"id":1},{"id":"x"}]}',
         {"returns": list[User], "at": body_query("$.a[?@.id]")}, "$.a[2].id", "integer"),
        (b'{"a":[{"id":1}]}', {"returns": StrictInt, "at": body("a", 0)}, "$.a[0]", "integer"),
        (b"", {"returns": StrictInt, "at": header("X-N")}, "header.X-N", "is missing"),
    ],
)  # fmt: skip
def test_mismatches_are_told_by_place(
    content: bytes, operation: dict[str, Any], place: str, reason: str
) -> None:
    with pytest.raises(AnswerFault) as caught:
        decoded(content, **operation)
    assert caught.value.place == place
    assert reason in caught.value.reason
    assert str(caught.value) == f"{place} {caught.value.reason}"


@pytest.mark.parametrize(
    ("content", "headers", "reason"),
    [
        (b"", (), "empty"),
        (b"<!doctype html>", (("Content-Type", "text/html"),), "HTML"),
        (b"  <a/>", (), "HTML"),
        (b'{"id":1', (), "not JSON"),
        (b"\xff\xfe", (), "not JSON"),
        (b'{"id":1,"x":"\xff"}', (), "not JSON"),
        (b"[" * 10_000, (), "not JSON"),
        (b"9" * 10_000, (), "not JSON"),
        (b'{"id":1} trailing', (), "not JSON"),
    ],
)
def test_what_is_not_json_is_one_fault(
    content: bytes, headers: tuple[tuple[str, str], ...], reason: str
) -> None:
    with pytest.raises(JsonFault) as caught:
        decoded(content, *headers, returns=User)
    assert reason in caught.value.reason


def test_other_charsets_are_read() -> None:
    text = '{"id":1,"subject":"é","tags":[]}'
    for content in (text.encode("utf-16"), b"\xef\xbb\xbf" + text.encode()):
        assert decoded(content, returns=Ticket).subject == "é"
    latin = ("Content-Type", "application/json; charset=latin-1")
    assert decoded(text.encode("latin-1"), latin, returns=Ticket).subject == "é"


def test_nan_only_where_it_is_declared() -> None:
    decoder = Decoder(Operation("t.get", "GET", "/", returns=dict[str, NumberNan]))
    assert str(decoder.value(met(b'{"a":NaN}'))) == "{'a': nan}"
    for kind in (Any, dict[str, Any], StrictFloat, list[Any]):
        with pytest.raises(AnswerFault):
            Decoder(Operation("t.get", "GET", "/", returns=kind)).value(met(b"[NaN]"))
    assert decoded(b'["NaN"]', returns=Any) == ["NaN"]


class Secretive(Model):
    token: StrictInt
    choice: StrictInt | list[StrictInt]


def test_no_value_of_the_answer_is_told() -> None:
    content = b'{"token":"s3cr3t","choice":"s3cr3t"}'
    for operation in ({"returns": Secretive}, {"returns": dict[str, StrictInt]}):
        with pytest.raises(AnswerFault) as caught:
            decoded(content, **operation)
        assert "s3cr3t" not in str(caught.value) + repr(caught.value)


def test_headers_status_text_and_redirects() -> None:
    where = ("Location", "/tickets/17")
    at = header("Location").matching("[0-9]+$")
    assert decoded(b"", where, returns=StrictInt, at=at) == 17
    assert decoded(b"", where, returns=str, redirect=True) == "/tickets/17"
    assert decoded(b"", returns=StrictInt, at=status()) == 200
    assert decoded(b"", ("Link", "<u>; rel=next"), returns=str, at=link("next")) == "u"
    assert decoded(b'{"u":"a/9"}', returns=StrictInt, at=body("u").matching("[0-9]+")) == 9
    with pytest.raises(AnswerFault, match=r"header.X-N should be a valid integer"):
        decoded(b"", ("X-N", "x"), returns=StrictInt, at=header("X-N"))
    assert decoded("hé".encode(), returns=str, media="text") == "hé"
    assert decoded(b" 12\n", returns=StrictInt, media="text") == 12
    assert decoded(b"\x00", returns=bytes, media="bytes") == b"\x00"
    with pytest.raises(AnswerFault, match="text should be"):
        decoded(b"x", returns=StrictInt, media="text")


def test_cases_by_status() -> None:
    cases = {
        200: Case(User),
        202: Case(str, at=header("X-Job")),
        204: Case(None),
        404: Case(constant=(False,)),
    }
    assert decoded(b'{"id":1}', cases=cases) == User(id=1)
    assert decoded(b"", ("X-Job", "j"), status=202, cases=cases) == "j"
    assert decoded(b"", status=204, cases=cases) is None
    assert decoded(b"{}", status=404, cases=cases) is False
    with pytest.raises(AnswerFault, match="status 201 is none"):
        decoded(b"{}", status=201, cases=cases)


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/json; charset=utf-8", User(id=1)),
        ("application/vnd.api+json", User(id=1)),
        ("text/csv", '{"id":1}'),
        ("application/pdf", "pdf"),
        ("", User(id=1)),
    ],
)
def test_cases_by_media_type(content_type: str, expected: Any) -> None:
    cases = {
        "json": Case(User),
        "csv": Case(str, media="text"),
        "application/pdf": Case(constant=("pdf",)),
    }
    headers = (("Content-Type", content_type),) if content_type else ()
    assert decoded(b'{"id":1}', *headers, cases=cases) == expected


def test_an_undeclared_media_type_is_told() -> None:
    with pytest.raises(AnswerFault, match="Content-Type"):
        decoded(b"x", ("Content-Type", "image/png"), cases={"json": Case(User)})
    any_bytes = {"json": Case(User), "bytes": Case(bytes, media="bytes")}
    assert decoded(b"x", ("Content-Type", "image/png"), cases=any_bytes) == b"x"


def test_cases_by_an_argument() -> None:
    cases = {"json": Case(User), "text": Case(str, media="text")}
    operation: dict[str, Any] = {"cases": cases, "by": "response_type"}
    assert decoded(b'{"id":1}', argument="json", **operation) == User(id=1)
    assert decoded(b'{"id":1}', argument="text", **operation) == '{"id":1}'
    assert decoded(b'{"id":1}', argument=omit, **operation) == User(id=1)
    with pytest.raises(ValueError, match="response_type must be one of 'json', 'text'"):
        case_key(Operation("x", "GET", "/", **operation), met(b""), "pdf")


PAGES = Paging(
    cursor=body("meta", "cursors", 0, "after"),
    into=(("query", "after"),),
    more=all_of(truthy(body("meta", "more")), equal(body("ok"), True)),
    total=body("meta", "total"),
)
PAGE = b'{"ok":true,"items":[{"id":1}],"meta":{"cursors":[{"after":"x"}],"more":true,"total":9}}'


@pytest.mark.parametrize("is_parsed", [False, True])
def test_a_page_brings_what_paging_asks_in_the_same_pass(is_parsed: bool) -> None:
    operation: Operation[Any] = Operation(
        "t.list", "GET", "/t", returns=list[User], at=body("items")
    )
    decoder = Decoder(operation, PAGES)
    answer = met(PAGE)
    if is_parsed:
        _ = answer.json
    items, view = decoder.page(answer)
    assert items == [User(id=1)]
    assert PAGES.cursor(view) == "x"
    assert PAGES.more(view) is True
    assert PAGES.total(view) == 9
    assert answer.is_parsed is is_parsed


@pytest.mark.parametrize(
    ("at", "content"),
    [
        (body("meta"), b'{"meta":[{"id":1}]}'),
        (body(), b'[{"id":1}]'),
        (body("meta", "cursors"), b'{"meta":{"cursors":[{"id":1,"after":"x"}]}}'),
        (body("r", ANY, "user"), b'{"r":[{"user":{"id":1}}],"meta":{"cursors":[{"after":"x"}]}}'),
    ],
)
def test_places_that_lie_on_each_others_way_are_read_all_the_same(at: Any, content: bytes) -> None:
    decoder = Decoder(Operation("t.list", "GET", "/t", returns=list[User], at=at), PAGES)
    items, view = decoder.page(met(content))
    assert [item.id for item in items] == [1]
    assert PAGES.cursor(view) == ("x" if b"after" in content else None)


@pytest.mark.parametrize("meta", [b"null", b"[]", b"5", b'"x"', b'{"cursors":{}}'])
def test_facts_of_another_shape_do_not_break_a_page(meta: bytes) -> None:
    operation: Operation[Any] = Operation(
        "t.list", "GET", "/t", returns=list[User], at=body("items")
    )
    items, view = Decoder(operation, PAGES).page(met(b'{"items":[{"id":1}],"meta":' + meta + b"}"))
    assert items == [User(id=1)]
    assert PAGES.cursor(view) is None


class Row(Model):
    key: str
    big: IntegerText = 0
    at: DateTime | None = None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (last("key"), "b"),
        (last("big"), "12"),
        (last("at"), "2024-05-01T10:00:00.0Z"),
        (last("nested", "x"), 1),
        (last("none"), None),
    ],
)
def test_the_last_item_is_given_as_the_service_sent_it(place: Any, expected: Any) -> None:
    content = (
        b'{"rows":[{"key":"a"},{"key":"b","big":"12","at":"2024-05-01T10:00:00.0Z",'
        b'"nested":{"x":1}}]}'
    )
    paging = Paging(cursor=place, into=(("query", "after"),))
    operation: Operation[Any] = Operation("r.list", "GET", "/r", returns=list[Row], at=body("rows"))
    _, view = Decoder(operation, paging).page(met(content))
    assert place(view) == expected
    _, view = Decoder(operation, paging).page(met(b"{}"))
    assert place(view) is None


def test_decoders_are_built_once_and_tell_what_nothing_is() -> None:
    operation: Operation[Any] = Operation(
        "t.list", "GET", "/t", returns=list[User], at=body("items")
    )
    assert decoder_of(operation, PAGES) is decoder_of(operation, PAGES)
    assert decoder_of(operation).nothing() == []
    assert Decoder(Operation("t.get", "GET", "/t", returns=User)).nothing() is None
    assert [is_list(kind) for kind in (list[int], list, Annotated[list[int], 1], dict, int)] == [
        True,
        True,
        True,
        False,
        False,
    ]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "subject", "tags", "user", "boss", "either", "items",
                                       "meta", "x"]), inner),
    max_leaves=20,
)  # fmt: skip
_TICKETS = Decoder(Operation("t.list", "GET", "/t", returns=list[Ticket], at=body("items")), PAGES)


@given(_JSON)
def test_any_json_is_a_page_or_a_fault_with_a_place_that_exists(tree: Any) -> None:
    parsed = met(to_json(tree))
    _ = parsed.json
    met_page = outcome(lambda: _TICKETS.page(met(to_json(tree))))
    same_page = outcome(lambda: _TICKETS.page(parsed))
    if isinstance(met_page, AnswerFault):
        assert isinstance(same_page, AnswerFault)
        assert same_page.place == met_page.place
        assert met_page.place.startswith("$")
        assert met_page.__context__ is None
        return
    items, view = met_page
    assert same_page[0] == items
    assert PAGES.more(view) is PAGES.more(same_page[1])


@given(st.binary(max_size=50))
def test_any_bytes_are_a_page_or_a_fault(content: bytes) -> None:
    met_page = outcome(lambda: _TICKETS.page(met(content)))
    if isinstance(met_page, AnswerFault):
        assert met_page.reason
    else:
        assert isinstance(met_page[0], list)


# --- decimals


DIGITS = "12345678901234567.8901"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_keeps_the_digits_of_a_number(number: Decimal) -> None:
    operation = Operation[Price]("prices.get", "GET", "/p", at=body("price"))
    content = f'{{"price": {{"amount": {number}, "rate": {number}}}}}'.encode()
    found = Decoder(operation).value(met(content))
    assert found.amount == number
    assert (type(found.rate), found.rate) == (float, float(number))


@pytest.mark.parametrize(
    "operation",
    [
        Operation[list[Price]]("prices.list", "GET", "/p", at=body("rows")),
        Operation[list[Price]]("prices.list", "GET", "/p", at=body("rows", ANY)),
        Operation[list[Price]]("prices.list", "GET", "/p", at=body_query("$..rows[*]")),
    ],
    ids=["names", "items", "query"],
)
def test_a_decimal_keeps_its_digits_wherever_it_stands(operation: Operation[Any]) -> None:
    content = f'{{"rows": [{{"amount": {DIGITS}, "more": {DIGITS}}}], "total": 1}}'.encode()
    paging = Paging(page=("query", "page"), total=body("total"))
    read = met(content)
    assert read.json["total"] == 1  # somebody has looked at it before
    for answer in (met(content), read):
        (price,) = Decoder(operation).value(answer)
        assert str(price.amount) == DIGITS
        assert price.model_extra["more"] == float(DIGITS)
        assert pickle.loads(pickle.dumps(price)) == price
        items, view = Decoder(operation, paging).page(answer)
        assert str(items[0].amount) == DIGITS
        assert body("total")(view) == 1


def test_decimals_of_a_stream_keep_their_digits() -> None:
    feed = feed_of("lines", Price, met(b""))
    lines = [f'{{"amount": {DIGITS}}}\n'.encode(), b'{"amount": 1.5}\n']
    assert [str(each.amount) for line in lines for each in feed.feed(line)] == [DIGITS, "1.5"]
    with pytest.raises(AnswerFault):
        list(feed.feed(f'{{"amount": {DIGITS}, "rate": NaN}}\n'.encode()))


@pytest.mark.parametrize("more", ['"amount": NaN', '"rate": "x"', "amount", '"rate": 1e999'])
def test_what_is_wrong_beside_many_digits_is_told(more: str) -> None:
    content = f'{{"price": {{"amount": {DIGITS}, {more}}}}}'.encode()
    operation = Operation[Price]("prices.get", "GET", "/p", at=body("price"))
    with pytest.raises(AnswerFault) as caught:
        Decoder(operation).value(met(content))
    assert DIGITS not in str(caught.value)
