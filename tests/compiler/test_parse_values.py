"""What the values of a spec are: the YAML 1.2 core rules and nothing of YAML 1.1."""

import gc

import pytest

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.passes.parse import parse
from tests.compiler.parsing import data_of, tree_of


@pytest.mark.parametrize(
    "word",
    [
        *("no", "No", "NO", "yes", "on", "off", "y", "n", "tRUE", "nULL", "none", "nan", "inf"),
        *("012", "-007", "00", "01.5", "1_000", "0b11", "0o9", "0xg", "0X1F", "1:30", "12:30:45"),
        *("2024-10-01", "2024-10-01T10:00:00Z", "1.2.3", "1e", "e1", ".", "..", "-x", "+", "1,5"),
        *("=", "-.", "1 2", "0x", "0o", "--1", "1e5.0", "१२", "500ms..30s", "400/minute"),
    ],
)
def test_plain_words_are_text(word: str) -> None:
    assert data_of(f"a: {word}\n") == {"a": word}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *((word, None) for word in ("~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *(("0", 0), ("-0", 0), ("+12", 12), ("-3", -3), ("0o17", 15), ("0x1F", 31)),
        *(("1.5", 1.5), (".5", 0.5), ("-.5e-3", -0.0005), ("1.", 1.0), ("1e3", 1000.0)),
        ("1.10", 1.1),
        ("9" * 300, int("9" * 300)),
    ],
)
def test_plain_words_have_values(word: str, value: object) -> None:
    found = data_of(f"a: {word}\n")["a"]
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("word", ["~", "null", "true", "0", "1.5", ".inf", "-.nan"])
def test_quoted_words_are_text(word: str) -> None:
    assert data_of(f"a: '{word}'\nb: \"{word}\"\nc: |-\n  {word}\n") == dict.fromkeys("abc", word)


def test_keys_are_text() -> None:
    text = "200: a\ntrue: b\n~: c\n1.50: d\n2024-10-01: e\nnull: f\n0x1F: g\n"
    assert list(data_of(text)) == ["200", "true", "~", "1.50", "2024-10-01", "null", "0x1F"]


def test_order_is_kept() -> None:
    assert list(data_of("b: 1\na: 2\nc: 3\n")) == ["b", "a", "c"]


def test_styles_and_shapes() -> None:
    text = """\
# a comment
plain: two words
folded plain: one
  two

  three
single: 'it''s'
double: "tab\\tquote\\" \\u00e9 \\
  joined"
literal: |
  one
    two

folded: >-
  one
  two

  three
flow: {a: 1, 'b': [x, "y", {c: ~}], d?: e}
list:
- 1
-   k: v
    l: w
- - x
  - y
"""
    assert data_of(text) == {
        "plain": "two words",
        "folded plain": "one two\nthree",
        "single": "it's",
        "double": 'tab\tquote" é joined',
        "literal": "one\n  two\n",
        "folded": "one two\nthree",
        "flow": {"a": 1, "b": ["x", "y", {"c": None}], "d?": "e"},
        "list": [1, {"k": "v", "l": "w"}, ["x", "y"]],
    }


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_are_all_the_same(line_break: str) -> None:
    text = "a: |\n  one\n  two\nb: x\n  y\nc: [1,\n  2]\n".replace("\n", line_break)
    assert data_of(text) == {"a": "one\ntwo\n", "b": "x y", "c": [1, 2]}


def test_text_is_carried_through_exactly() -> None:
    hostile = "'; import os #\\ {{ {% \" \x00 \ud7ff \x1b[31m \u202e \u2028"
    quoted = "".join(f"\\U{ord(char):08x}" for char in hostile)
    assert data_of(f'a: "{quoted}"\n"k{quoted}": 1\n') == {"a": hostile, f"k{hostile}": 1}


def test_json_is_read_too() -> None:
    assert data_of('{"a": 1, "b": [true, null, "x\\u00e9\\/"], "c": {}}') == {
        "a": 1,
        "b": [True, None, "xé/"],
        "c": {},
    }


def test_findings_of_another_file_do_not_matter() -> None:
    report = Report()
    assert parse(SourceFile("bad.yaml", "a: b: c"), report) is None
    assert parse(SourceFile("good.yaml", "a: 1"), report) is not None
    assert [finding.path for finding in report] == ["bad.yaml"]


def test_the_garbage_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    tree_of("a: [1, {b: 2}]\n").key_span(("a",))
    assert gc.isenabled()
    gc.disable()
    try:
        tree_of("a: [1, {b: 2}]\n").key_span(("a",))
        assert not gc.isenabled()
    finally:
        gc.enable()
