"""Fragments of Python: what a text of a spec becomes, and that it stays a text."""

import ast

import pytest

from ferrule.forms.code import Code, Import
from ferrule.python_text import (
    Value,
    attribute,
    call,
    dict_of,
    docstring,
    either,
    import_groups,
    index,
    join,
    literal,
    name,
    quoted,
    tuple_of,
)

HOSTILE = [
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "\\'",
    'a"',
    "a\\",
    'x""""',
    "\n",
    "\r",
    "\r\n",
    "\x00",
    "\x1b[31m",
    "\x85\u2028\u2029",
    "\u202e\u2066",
    "\ud800",
    "\U000e0001",
    "{{ x }}{% raw %}",
    "#{x}\n# noqa",
    "\t\tx",
    "é😀日本",
    "\ufeff",
    "",
    " ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_is_the_text_and_nothing_else(text: str) -> None:
    code = literal(text)
    assert ast.literal_eval(code) == text
    assert code.isprintable()
    code.encode("utf-8")


def test_literals_of_every_kind() -> None:
    value: dict[str, Value] = {"a": [1, 2.5, True, None, ("x",)], "b": {}}
    assert ast.literal_eval(literal(value)) == value
    with pytest.raises(ValueError, match="NaN"):
        literal(float("nan"))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("more", ["", "\nsecond line\n\n    third"])
def test_a_docstring_is_one_string_and_reads_as_the_text(text: str, more: str) -> None:
    code = docstring(text + more, 4)
    module = ast.parse(f"class X:\n    {code}\n    y = 1\n")
    (made,) = module.body
    assert isinstance(made, ast.ClassDef)
    assert len(made.body) == 2
    told = ast.get_docstring(made)
    assert told is not None
    expected = " ".join((text + more).split())
    assert " ".join(told.split()) == expected
    code.encode("utf-8")
    assert all(line.isprintable() for line in code.split("\n"))


def test_only_names_are_names() -> None:
    assert name("x") == "x"
    for text in ("a b", "class", "x;y", "", "1a", "x\n"):
        with pytest.raises(ValueError, match="not a name"):
            name(text)


def test_pieces_carry_their_imports() -> None:
    made = call(name("body", "ferrule_runtime.contract"), literal("a"), at=name("X", ".models.a"))
    assert made == 'body("a", at=X)'
    assert made.imports == {
        Import("ferrule_runtime.contract", "body"),
        Import(".models.a", "X"),
    }
    assert name("Tag", "m", "_Tag") == "_Tag"


def test_joining_by_hand_loses_the_mark() -> None:
    assert not isinstance(name("a") + name("b"), Code)
    assert isinstance(join("", [name("a"), name("b")]), Code)


def test_displays() -> None:
    assert tuple_of([]) == "()"
    assert tuple_of([literal(1)]) == "(1,)"
    assert tuple_of(literal(each) for each in (1, 2)) == "(1, 2)"
    assert dict_of({"a": literal(1)}) == '{"a": 1}'
    assert index(name("dict"), name("str"), name("int")) == "dict[str, int]"
    assert attribute(name("self"), "a", "b") == "self.a.b"


def test_a_union_has_each_member_once_and_none_last() -> None:
    assert either(Code("None"), name("int"), name("str"), name("int")) == "int | str | None"


def test_a_quoted_annotation_is_a_string() -> None:
    assert ast.literal_eval(quoted(Code('Literal["a\'b"]'))) == 'Literal["a\'b"]'


def test_imports_stand_in_groups_and_lead_to_their_modules() -> None:
    groups = import_groups(
        {
            Import("typing", "Any"),
            Import("ferrule_runtime.models", "Model"),
            Import("ferrule_runtime.models", "Tag", "_Tag"),
            Import(".models.shared", "B"),
            Import(".models.tickets", "A"),
            Import(".errors", "X"),
        },
        "models.tickets",
    )
    assert groups == (
        ("from typing import Any",),
        ("from ferrule_runtime.models import Model, Tag as _Tag",),
        ("from ..errors import X", "from .shared import B"),
    )
