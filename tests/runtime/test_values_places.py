"""Places: where something stands in an answer."""

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.answer import Answer
from ferrule_runtime.places import (
    ANY,
    MISSING,
    Place,
    as_,
    body,
    body_query,
    cookie,
    header,
    last,
    link,
    redirect,
    status,
    text,
)
from ferrule_runtime.plan import DEEPEST_JSON

JSON = b'{"a":{"b":[{"c":1},{"c":2},{}],"n":null,"odd.name":"x"},"t":"after 17 days","m":{"x":1}}'
HEADERS = [(b"X-Left", b"5"), (b"Set-Cookie", b"sid=s"), (b"Link", b"<u>; rel=next")]


def met() -> Answer:
    return Answer(201, HEADERS, JSON, last={"id": "z"}, redirect={"code": "c"})


EVERY: list[tuple[Place, Any, str]] = [
    (body("a", "b", 0, "c"), 1, "$.a.b[0].c"),
    (body("a", "b", -2, "c"), 2, "$.a.b[-2].c"),
    (body("a", "b", 9), MISSING, "$.a.b[9]"),
    (body("a", "n"), None, "$.a.n"),
    (body("a", "n", "deeper"), MISSING, "$.a.n.deeper"),
    (body("a", "odd.name"), "x", "$.a['odd.name']"),
    (body("t", 0), MISSING, "$.t[0]"),
    (body("a", "b", ANY, "c"), [1, 2], "$.a.b[*].c"),
    (body("m", ANY), [1], "$.m[*]"),
    (body("none", ANY), [], "$.none[*]"),
    (body_query("$.a.b[?@.c > 1].c"), [2], "$.a.b[?@.c > 1].c"),
    (header("x-left"), "5", "header.x-left"),
    (header("x-none"), MISSING, "header.x-none"),
    (cookie("sid"), "s", "cookie.sid"),
    (link("next"), "u", "link.next"),
    (status(), 201, "status"),
    (text(), JSON.decode(), "text"),
    (last("id"), "z", "last.id"),
    (last(), {"id": "z"}, "last"),
    (redirect("code"), "c", "redirect.code"),
    (redirect("state"), MISSING, "redirect.state"),
    (body("t").matching("after ([0-9]+)"), "17", "$.t ~ 'after ([0-9]+)'"),
    (body("t").matching("[0-9]+"), "17", "$.t ~ '[0-9]+'"),
    (body("t").matching("(x)?after"), MISSING, "$.t ~ '(x)?after'"),
    (body("a").matching("x"), MISSING, "$.a ~ 'x'"),
    (body("a", "b", ANY, "c").matching("2"), ["2"], "$.a.b[*].c ~ '2'"),
    (as_(header("x-left"), "integer"), 5, "header.x-left as integer"),
    (as_(body("t"), "integer"), MISSING, "$.t as integer"),
]


@pytest.mark.parametrize(("place", "expected", "told"), EVERY, ids=[each[2] for each in EVERY])
def test_every_place(place: Place, expected: Any, told: str) -> None:
    assert place.find(met()) == expected
    assert place(met()) == (None if expected is MISSING else expected)
    assert str(place) == told
    again = pickle.loads(pickle.dumps(place))
    assert again == place
    assert hash(again) == hash(place)
    assert again.find(met()) == expected


def test_a_descendant_is_found_at_the_bottom_of_the_deepest_answer() -> None:
    depth = DEEPEST_JSON - 1
    found = Answer(200, [], b'{"a":' * depth + b'{"id":1}' + b"}" * depth)
    assert body_query("$..id").find(found) == [1]


def test_places_tell_the_ways_that_they_read() -> None:
    assert body("a", "b").paths == (("a", "b"),)
    assert body("a").matching("x").paths == (("a",),)
    assert body_query("$..a").paths == ((),)
    assert header("x").paths == ()


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("12", "integer", 12),
        (" -12 ", "integer", -12),
        ("1.5", "integer", MISSING),
        (2.0, "integer", 2),
        (2.5, "integer", MISSING),
        (True, "integer", MISSING),
        ("1e3", "number", 1000.0),
        (".5", "number", 0.5),
        ("1e999", "number", MISSING),
        ("nan", "number", MISSING),
        ("TRUE", "boolean", True),
        ("false", "boolean", False),
        ("yes", "boolean", MISSING),
        (1, "boolean", MISSING),
        (True, "text", "true"),
        (1.5, "text", "1.5"),
        ([], "text", MISSING),
        (None, "text", MISSING),
        ("١٢", "integer", MISSING),
    ],
)
def test_kinds(value: Any, kind: Any, expected: Any) -> None:
    assert as_(body("v"), kind).find(met().with_tree({"v": value})) == expected


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)
_STEPS = st.lists(st.text(max_size=3) | st.integers(-3, 3) | st.just(ANY), max_size=4)


@given(_JSON, _STEPS, st.sampled_from(["integer", "number", "text", "boolean"]))
def test_no_json_breaks_a_place(tree: Any, steps: list[Any], kind: Any) -> None:
    place = body(*steps)
    answer = met().with_tree(tree)
    found = place.find(answer)
    assert (type(found) is list) if place.collects else True
    as_(place, kind).find(answer)
    place.matching("(a)?b").find(answer)


def test_a_search_ends_soon_in_hostile_text() -> None:
    # A pattern that tries every start is quadratic: what is searched is cut, whatever comes.
    text = "1" * 4_096 + "x" * 1_000_000
    answer = Answer(200, [], json.dumps({"text": text}).encode())
    assert body("text").matching("[0-9]+$")(answer) == "1" * 4_096
