"""Queries and forms: every style, and back again by the standard library."""

from collections import UserDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.encode.codec import Codec
from ferrule_runtime.encode.lines import cookie_line, header_lines, header_value
from ferrule_runtime.encode.pairs import STYLES
from ferrule_runtime.encode.query import form_bytes, query_text
from ferrule_runtime.encode.scalars import duration_iso, scalar_json, scalar_text
from ferrule_runtime.omit import omit

EAST = timezone(timedelta(hours=2))
MOMENT = datetime(2024, 5, 1, 12, 30, 15, 500_000, tzinfo=EAST)


NAIVE = MOMENT.replace(tzinfo=None)


class Colour(Enum):
    RED = "red"


class Level(IntEnum):
    LOW = 1


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        ("x", None, "x"),
        (True, None, "true"),
        (False, None, "false"),
        (None, None, ""),
        (10**30, None, str(10**30)),
        (1.5, None, "1.5"),
        (Decimal("1E+3"), None, "1000"),
        (Decimal("1.10"), None, "1.10"),
        (Colour.RED, None, "red"),
        (Level.LOW, None, "1"),
        (UUID(int=1), None, "00000000-0000-0000-0000-000000000001"),
        (b"\xff\x00", None, "/wA="),
        (b"\xff\x00", "base64url", "_wA"),
        (b"\xff\x00", "hex", "ff00"),
        (MOMENT, None, "2024-05-01T12:30:15.500000+02:00"),
        (datetime(2024, 5, 1, tzinfo=UTC), None, "2024-05-01T00:00:00Z"),
        (MOMENT, "iso8601", "2024-05-01T12:30:15.500000+02:00"),
        (MOMENT, "epoch", "1714559415.5"),
        (datetime(2024, 5, 1, tzinfo=UTC), "epoch", "1714521600"),
        (MOMENT, "epoch_ms", "1714559415500"),
        (MOMENT, "rfc2822", "Wed, 01 May 2024 10:30:15 GMT"),
        (MOMENT, "strftime:%d/%m/%Y", "01/05/2024"),
        (NAIVE, "strftime:%Y", "2024"),
        (date(2024, 5, 1), None, "2024-05-01"),
        (date(1970, 1, 2), "epoch", "86400"),
        (time(1, 2), None, "01:02:00"),
        (time(1, 2, tzinfo=UTC), None, "01:02:00Z"),
        (timedelta(seconds=90), None, "90"),
        (timedelta(seconds=0.25), None, "0.25"),
        (timedelta(minutes=1, seconds=30), "iso8601", "PT1M30S"),
        (timedelta(seconds=1.5), "ms", "1500"),
        (timedelta(seconds=1.5), "seconds", "1.5"),
        (15, "ms", "15"),
        (time(1, 2), "strftime:%H.%M", "01.02"),
        (1714521600, "epoch", "1714521600"),
        (12, "text", "12"),
    ],
)
def test_scalars(value: Any, form: str | None, expected: str) -> None:
    assert scalar_text(value, form) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "PT0S"), (1.5, "PT1.5S"), (86_400, "P1D"), (93_784, "P1DT2H3M4S"), (-90, "-PT1M30S")],
)
def test_durations_in_iso_8601(seconds: float, expected: str) -> None:
    assert duration_iso(timedelta(seconds=seconds)) == expected


@pytest.mark.parametrize(
    ("value", "form", "message"),
    [
        (float("nan"), None, "NaN"),
        (float("inf"), None, "infinity"),
        (Decimal("NaN"), None, "NaN"),
        (NAIVE, None, "time zone"),
        (NAIVE, "epoch", "time zone"),
        (object(), None, "object cannot be sent"),
        (b"x", "epoch", "datetime is needed"),
        (1, "hex", "bytes are needed"),
        (MOMENT, "ms", "timedelta is needed"),
        ("x", "no-such", "no format"),
    ],
)
def test_scalars_that_cannot_be_sent(value: Any, form: str | None, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        scalar_text(value, form)


def test_numbers_stay_numbers_in_json() -> None:
    assert scalar_json(1.5) == 1.5
    assert scalar_json(Level.LOW) == 1
    assert scalar_json(MOMENT, "epoch") == 1714559415.5
    assert scalar_json(timedelta(seconds=3)) == 3
    assert scalar_json(7, "text") == "7"


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("repeat", [1, "b c"], [("v", "1"), ("v", "b c")]),
        ("csv", [1, "b c"], [("v", "1,b c")]),
        ("csv", {"a": 1, "b": 2}, [("v", "a,1,b,2")]),
        ("pipes", [1, 2], [("v", "1|2")]),
        ("spaces", [1, 2], [("v", "1 2")]),
        ("brackets", [1, 2], [("v[]", "1"), ("v[]", "2")]),
        ("indexed", [1, 2], [("v[0]", "1"), ("v[1]", "2")]),
        ("deep", {"a": 1, "b": {"c": 2}}, [("v[a]", "1"), ("v[b][c]", "2")]),
        ("deep", {"a": [1, 2]}, [("v[a][]", "1"), ("v[a][]", "2")]),
        ("brackets", [{"a": 1}, {"a": 2}], [("v[0][a]", "1"), ("v[1][a]", "2")]),
        ("spread", {"a": 1, "b": [1, 2]}, [("a", "1"), ("b", "1"), ("b", "2")]),
        ("json", {"a": [1, None]}, [("v", '{"a":[1,null]}')]),
        ("repeat", {"a": 1}, [("v[a]", "1")]),
        ("repeat", [omit, 1, omit], [("v", "1")]),
        ("csv", [], [("v", "")]),
        ("repeat", [], []),
        ("csv", "a,b", [("v", "a,b")]),
        ("repeat", None, [("v", "")]),
        ("repeat", omit, []),
    ],
)
def test_styles(style: str, value: Any, expected: list[tuple[str, str]]) -> None:
    for arrays, styles in ((style, None), ("repeat", {"v": style})):
        encoded = query_text({"v": value}, arrays, styles)
        assert parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded)) == expected
    assert parse_qsl(form_bytes({"v": value}, style).decode(), keep_blank_values=True) == expected


def test_a_comma_between_items_is_no_comma_inside_one() -> None:
    assert query_text({"v": ["a,b", "c"]}, "csv") == "v=a%2Cb,c"
    assert query_text({"v": ["a|b", "c"]}, "pipes") == "v=a%7Cb%7Cc"


def test_names_are_wire_names_and_encoded() -> None:
    assert query_text({"page[size]": 5, "$filter": "a eq 'b'"}) == (
        "page%5Bsize%5D=5&%24filter=a%20eq%20%27b%27"
    )
    assert form_bytes({"a b": "c d+e", "n": 1}) == b"a+b=c+d%2Be&n=1"


def test_pairs_keep_their_repeats() -> None:
    assert query_text([("a", 1), ("b", 2), ("a", [3])]) == "a=1&b=2&a=3"


def test_formats_reach_into_lists_and_objects() -> None:
    encoded = query_text(
        {"at": [MOMENT], "range": {"from": MOMENT}},
        formats={"at": "epoch_ms", "range": {"from": "strftime:%Y"}},
    )
    assert encoded == "at=1714559415500&range%5Bfrom%5D=2024"


def test_styles_reach_into_objects() -> None:
    value = {"wrap": {"ids": [1, 2], "rows": [{"tags": ["a", "b"]}], "more": [3, 4]}}
    encoded = query_text(value, "brackets", {"wrap": {"ids": "csv", "rows": {"tags": "pipes"}}})
    assert parse_qsl(encoded) == [
        ("wrap[ids]", "1,2"),
        ("wrap[rows][0][tags]", "a|b"),
        ("wrap[more][]", "3"),
        ("wrap[more][]", "4"),
    ]


@pytest.mark.parametrize(
    "value", [{"deep": float("nan")}, "\ud800", [object()], {"x": {1: "\ud800"}}]
)
def test_faults_name_the_parameter(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match=r"^query\.v: ") as caught:
        query_text({"v": value})
    assert caught.value.__context__ is None


def test_a_style_of_paths_is_refused_in_a_query() -> None:
    with pytest.raises(ValueError, match="label"):
        query_text({"v": [1]}, "label")


def test_a_value_that_holds_itself_is_refused() -> None:
    circle: dict[str, Any] = {}
    circle["again"] = circle
    for style in STYLES:
        with pytest.raises((ValueError, TypeError)):
            query_text({"v": circle}, style)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(_TEXT.filter(bool), _TEXT | st.integers() | st.booleans()), max_size=5))
def test_what_is_encoded_is_read_back_by_the_standard_library(pairs: list[tuple[str, Any]]) -> None:
    expected = [(name, scalar_text(value)) for name, value in pairs]
    for encoded in (query_text(pairs), form_bytes(pairs).decode("ascii")):
        assert parse_qsl(encoded, keep_blank_values=True) == expected
        assert encoded.isascii()
        assert not set(encoded) & set(' #"<>\\^`{|}\x00\r\n')


@given(
    st.recursive(
        _TEXT | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["brackets", "indexed", "deep", "json"]),
)
def test_nested_values_lose_no_leaf(value: Any, style: str) -> None:
    def leaves(tree: Any) -> list[str]:
        if isinstance(tree, dict):
            return [leaf for inner in tree.values() for leaf in leaves(inner)]
        if isinstance(tree, list):
            return [leaf for inner in tree for leaf in leaves(inner)]
        return [scalar_text(tree)]

    read = parse_qsl(query_text({"v": value}, style), keep_blank_values=True)
    if style != "json" or not isinstance(value, (dict, list)):
        assert [text for _, text in read] == leaves(value)
    else:
        assert len(read) == 1


@pytest.mark.parametrize(
    "value", ["a\r\nX-Evil: 1", "a\nb", "a\x00b", "a\x7fb", "\ud800", object()]
)
def test_no_header_value_breaks_its_line(value: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="X-A") as caught:
        list(header_lines({"X-A": value}))
    assert "Evil" not in str(caught.value)
    with pytest.raises((ValueError, TypeError)):
        cookie_line({"a": value})


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\n", "é", "a(b)"])
def test_no_header_name_is_other_than_a_token(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        list(header_lines({name: "x"}))
    with pytest.raises(ValueError, match="cannot be the name"):
        cookie_line({name: "x"})


def test_headers_and_cookies() -> None:
    lines = list(
        header_lines({"X-A": 1, "X-B": omit, "X-C": None, "X-D": ["a", "b"], "X-E": " é "})
    )
    assert lines == [(b"X-A", b"1"), (b"X-D", b"a,b"), (b"X-E", "é".encode())]
    assert list(header_lines([("A", 1), ("A", 2)])) == [(b"A", b"1"), (b"A", b"2")]
    assert cookie_line({"a": 1, "b": omit, "c": True}) == b"a=1; c=true"
    with pytest.raises(ValueError, match="semicolon"):
        cookie_line({"a": "1; admin=1"})
    assert header_value(MOMENT, "If-Modified-Since", "rfc2822") == b"Wed, 01 May 2024 10:30:15 GMT"


def test_a_codec_knows_places() -> None:
    codec = Codec(
        "/a/{id}",
        arrays="csv",
        styles={"query.ids": "repeat", "path.id": "label", "query.page[size]": "csv"},
        formats={"query.since": "epoch", "header.X-At": "rfc2822", "cookie.c": "hex"},
    )
    assert codec.path.fill((["x", "y"],)) == "/a/.x.y"
    since = datetime(1970, 1, 2, tzinfo=UTC)
    assert codec.query({"ids": [1, 2], "since": since, "l": [1, 2]}) == (
        "ids=1&ids=2&since=86400&l=1,2"
    )
    assert codec.headers({"X-At": since}) == [(b"X-At", b"Fri, 02 Jan 1970 00:00:00 GMT")]
    assert codec.cookies({"c": b"\xff"}) == b"c=ff"
    assert codec.query(UserDict({"a": 1})) == "a=1"
