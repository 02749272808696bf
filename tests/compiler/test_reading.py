"""Plain values are read as forms, and everything that is wrong is told with its path."""

from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, field

from ferrule.forms.fields import (
    ONE_OR_MORE,
    SYNTHETIC,
    Apart,
    DurationWord,
    Fault,
    FaultyError,
    Form,
    refuse_kind,
    under,
)
from ferrule.forms.reading import fields_of, read_form
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.values import Value
from ferrule.words import ast
from tests.cli.specs import ACME


class Inner(Form, frozen=True, kw_only=True):
    name: str
    size: Annotated[int, Meta(ge=1, le=9)] | None = None


class Plain(Form, frozen=True, kw_only=True):
    """Its plain keys stand under one of their own."""

    by: str | None = field(name=".by", default=None)
    others: dict[str, "Plain"] = field(name=SYNTHETIC + "others", default_factory=dict)

    @classmethod
    def spread(cls, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            refuse_kind("a map of others")
        plain = {key: each for key, each in value.items() if not key.startswith(".")}
        return {key: each for key, each in value.items() if key not in plain} | {
            SYNTHETIC + "others": plain
        }


class Outer(Form, frozen=True, kw_only=True):
    inner: Annotated[Inner, under("name", str)] | None = None
    inners: dict[str, Inner] = field(default_factory=dict)
    words: Annotated[list[Annotated[str, Meta(min_length=1)]], Meta(min_length=1)] | None = None
    one_or_more: Annotated[list[int] | None, ONE_OR_MORE] = None
    mode: Literal["fast", "slow"] | None = None
    is_on: bool = False
    wait: DurationWord | None = None
    either: Inner | str | list[int] | Annotated[int, Meta(ge=0)] | None = None
    anything: Any = None
    value: Value = None
    plain: Plain | None = None
    apart: Apart("tests.compiler.test_reading", "Inner").annotation | None = None  # type: ignore[valid-type]
    from_: str | None = field(name="from", default=None)


def faults_of(value: object) -> list[tuple[Any, ...]]:
    with pytest.raises(FaultyError) as raised:
        read_form(Outer, value)
    return [(fault.kind, fault.path, fault.expected or fault.rule) for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"inner": {"name": "a", "size": 1}}, Inner(name="a", size=1)),
        ({"inner": "a"}, Inner(name="a")),
        ({"inners": {"x": {"name": "a"}}}, {"x": Inner(name="a")}),
        ({"one_or_more": 1}, [1]),
        ({"one_or_more": [1, 2]}, [1, 2]),
        ({"mode": "fast"}, "fast"),
        ({"either": {"name": "a"}}, Inner(name="a")),
        ({"either": "a"}, "a"),
        ({"either": [1]}, [1]),
        ({"either": 0}, 0),
        ({"either": None}, None),
        ({"anything": [{"x": None}]}, [{"x": None}]),
        ({"apart": {"name": "a"}}, Inner(name="a")),
        ({"from": "a"}, "a"),
    ],
    ids=str,
)
def test_what_is_right(value: dict[str, Any], expected: object) -> None:
    read = read_form(Outer, value)
    (said,) = read.said
    found = getattr(read, said)
    if isinstance(found, Inner):
        assert found.said == {"name", "size"} - ({"size"} if found.size is None else set())
        found = Inner(name=found.name, size=found.size)
    if isinstance(found, dict):
        found = {key: Inner(name=each.name, size=each.size) for key, each in found.items()}
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], [("kind", (), "a map")]),
        ({"odd": 1}, [("unknown", ("odd",), "")]),
        ({"from_": "a"}, [("unknown", ("from_",), "")]),
        ({"said": []}, [("unknown", ("said",), "")]),
        ({"inner": {}}, [("missing", ("inner", "name"), "")]),
        ({"inner": 1}, [("kind", ("inner",), "text or a map")]),
        ({"inner": {"name": "a", "size": 0}}, [("range", ("inner", "size"), "at least 1")]),
        ({"inner": {"name": "a", "size": 10}}, [("range", ("inner", "size"), "at most 9")]),
        ({"inner": {"name": "a", "size": 1.5}}, [("kind", ("inner", "size"), "a whole number")]),
        ({"inner": {"name": "a", "size": True}}, [("kind", ("inner", "size"), "a whole number")]),
        ({"inner": {"name": True}}, [("kind", ("inner", "name"), "text")]),
        ({"inners": {"x": {}}}, [("missing", ("inners", "x", "name"), "")]),
        ({"words": []}, [("range", ("words",), "at least one entry")]),
        ({"words": ["a", ""]}, [("range", ("words", 1), "some text")]),
        ({"one_or_more": ["a"]}, [("kind", ("one_or_more", 0), "a whole number")]),
        ({"mode": "quick"}, [("choice", ("mode",), "")]),
        ({"mode": ["fast"]}, [("choice", ("mode",), "")]),
        ({"is_on": 1}, [("kind", ("is_on",), "true or false")]),
        ({"wait": "soon"}, [("word", ("wait",), "bad-duration")]),
        ({"wait": 3}, [("kind", ("wait",), "a duration such as `30s`")]),
        ({"either": -1}, [("range", ("either",), "at least 0")]),
        ({"either": ["a"]}, [("kind", ("either", 0), "a whole number")]),
        ({"value": {"a": ["${"]}}, [("word", ("value", "a", 0), "bad-template")]),
        ({"plain": 3}, [("kind", ("plain",), "a map of others")]),
        ({"plain": {"a": {"b": 3}}}, [("kind", ("plain", "a", "b"), "a map of others")]),
        ({"plain": {"a": {".by": 3}}}, [("kind", ("plain", "a", ".by"), "text")]),
        ({"plain": {".odd": 3}}, [("unknown", ("plain", ".odd"), "")]),
        (
            {"apart": {"nam": "a"}},
            [("unknown", ("apart", "nam"), ""), ("missing", ("apart", "name"), "")],
        ),
    ],
    ids=str,
)
def test_what_is_wrong(value: object, expected: list[tuple[Any, ...]]) -> None:
    assert faults_of(value) == expected


def test_all_is_told_at_once() -> None:
    told = faults_of({"odd": 1, "inner": {"size": 0, "x": 1}, "words": ["", "b", 3], "mode": 1})
    assert told == [
        ("unknown", ("odd",), ""),
        ("range", ("inner", "size"), "at least 1"),
        ("unknown", ("inner", "x"), ""),
        ("missing", ("inner", "name"), ""),
        ("range", ("words", 0), "some text"),
        ("kind", ("words", 2), "text"),
        ("choice", ("mode",), ""),
    ]


def test_keys_of_the_author_are_let_pass() -> None:
    assert read_form(Outer, {"x-note": [1], "mode": "slow"}).said == {"mode"}


def test_a_value_keeps_its_kinds() -> None:
    read = read_form(Outer, {"value": {"a": ["b", 1, True, None, 1.5]}})
    assert isinstance(read.value, dict)
    listed: Any = read.value["a"]
    text, *others = listed
    assert isinstance(text, ast.Template)
    assert [*map(repr, others)] == ["1", "True", "None", "1.5"]


def test_a_form_says_what_it_was_given() -> None:
    read = read_form(Outer, {"mode": "fast"}).saying(is_on=False)
    assert read.said == {"mode", "is_on"}
    assert read.mode == "fast"
    assert read != Outer(mode="fast")


def test_the_key_of_a_field_is_what_an_author_writes() -> None:
    assert {"from", "inner"} <= set(fields_of(Outer))
    assert not {"from_", "said"} & set(fields_of(Outer))


@given(st.data())
def test_every_fault_is_somewhere(data: st.DataObject) -> None:
    """A spec of which a part was replaced is read, or told where it is wrong."""
    from ferrule.diagnostics import Report
    from ferrule.forms.source import SourceFile
    from ferrule.passes.parse import parse

    tree = parse(SourceFile("acme.yaml", ACME), Report())
    assert tree is not None
    harmed = at = tree.data
    while True:
        key = data.draw(st.sampled_from(sorted(at)))
        if isinstance(at[key], dict) and at[key] and data.draw(st.booleans()):
            at = at[key]
            continue
        at[key] = data.draw(odd)
        break
    for fault in _faults_in(harmed):
        assert _leads_somewhere(harmed, fault), fault


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["get", ".type", "in", "a?", "x-y", "codes"]), inner, max_size=3
    ),
    max_leaves=6,
)


def _faults_in(value: object) -> list[Fault]:
    try:
        read_form(ConnectorSpec, value)
    except FaultyError as error:
        return error.faults or [Fault("kind", ("none is told",))]
    return []


def _leads_somewhere(value: Any, fault: Fault) -> bool:
    """Whether the path leads to something: a short form may have made up its end."""
    for number, part in enumerate(fault.path):
        if isinstance(value, dict) and part in value:
            value = value[str(part)]
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return fault.kind == "missing" or number > 0
    return True
