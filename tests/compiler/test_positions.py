"""Where keys, values and parts of values stand in the file."""

import pytest

from ferrule.forms.source import Span
from ferrule.forms.tree import Path, SpecTree
from tests.compiler.parsing import data_of, tree_of

TEXT = """\
# yaml-language-server: $schema=x
ferrule: 1
auth:
  oauth2:
    tokn_url: https://x    # why
    scopes: [read, "write it"]
paging: {cursor: $.next, into: 'query.page[after]'}
errors:
  rules:
    - when: status == 429
      then: limited

    - when: |
        status == 500
        and $.x
      then: >-
        retry
        later
"200": x
"""


@pytest.fixture(scope="module")
def tree() -> SpecTree:
    return tree_of(TEXT)


def shown(tree: SpecTree, span: Span) -> str:
    return tree.source.text[span.start : span.end]


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        (("ferrule",), "ferrule", (2, 1)),
        (("auth",), "auth", (3, 1)),
        (("auth", "oauth2", "tokn_url"), "tokn_url", (5, 5)),
        (("auth", "oauth2", "scopes", 0), "read", (6, 14)),
        (("auth", "oauth2", "scopes", 1), '"write it"', (6, 20)),
        (("paging", "into"), "into", (7, 26)),
        (("errors", "rules", 0), "when: status == 429", (10, 7)),
        (("errors", "rules", 1), "when: |", (13, 7)),
        (("errors", "rules", 1, "then"), "then", (16, 7)),
        (("200",), '"200"', (19, 1)),
        ((200,), '"200"', (19, 1)),
        ((), "", (2, 1)),
    ],
)
def test_keys(tree: SpecTree, path: Path, key: str, place: tuple[int, int]) -> None:
    span = tree.key_span(path)
    assert (shown(tree, span), tree.source.position(span.start)) == (key, place)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("ferrule",), "1"),
        (("auth", "oauth2", "tokn_url"), "https://x"),
        (("auth", "oauth2", "scopes"), '[read, "write it"]'),
        (("auth", "oauth2", "scopes", 1), '"write it"'),
        (("auth", "oauth2"), 'tokn_url: https://x    # why\n    scopes: [read, "write it"]'),
        (("paging",), "{cursor: $.next, into: 'query.page[after]'}"),
        (("paging", "into"), "'query.page[after]'"),
        (("errors", "rules", 0), "when: status == 429\n      then: limited"),
        (("errors", "rules", 1, "when"), "|\n        status == 500\n        and $.x"),
        (("errors", "rules", 1, "then"), ">-\n        retry\n        later"),
    ],
)
def test_values(tree: SpecTree, path: Path, value: str) -> None:
    assert shown(tree, tree.value_span(path)) == value
    assert tree.raw_text(path) == value


def test_the_document_spans_from_its_first_key_to_its_last_value(tree: SpecTree) -> None:
    assert shown(tree, tree.value_span(())) == TEXT[TEXT.index("ferrule: 1") :].rstrip()


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("auth", "oauth2", "token_url"), "oauth2"),
        (("auth", "OAuth2", "tag", "oauth2", "Model", "tokn_url", "str"), "tokn_url"),
        (("auth", "oauth2", "scopes", 7), "scopes"),
        (("auth", "oauth2", "scopes", -1), "scopes"),
        (("auth", "oauth2", "scopes", "x"), "scopes"),
        (("auth", "oauth2", "scopes", 0, "deeper", 3), "read"),
        (("nothing", "of", "this"), ""),
    ],
)
def test_parts_that_are_not_there_are_skipped(tree: SpecTree, path: Path, key: str) -> None:
    assert shown(tree, tree.key_span(path)) == key


def test_styles(tree: SpecTree) -> None:
    assert [tree.style(path) for path in [("ferrule",), ("auth",), ("paging",)]] == ["", "", "{"]
    assert tree.style(("paging", "into")) == "'"
    assert tree.style(("auth", "oauth2", "scopes")) == "["
    assert tree.style(("auth", "oauth2", "scopes", 1)) == '"'
    assert tree.style(("errors", "rules", 1, "when")) == "|"
    assert tree.style(("errors", "rules", 1, "then")) == ">"
    assert tree.is_quoted(("paging", "into"))
    assert tree.is_quoted(("errors", "rules", 1, "when"))
    assert not tree.is_quoted(("ferrule",))
    assert not tree.is_quoted(("paging",))
    assert tree.key_is_quoted(("200",))
    assert not tree.key_is_quoted(("ferrule",))
    assert not tree.key_is_quoted(("errors", "rules", 0))


def test_raw_text_tells_what_a_number_was() -> None:
    tree = tree_of("version: 1.10\nother: '1.10'\n")
    assert (tree.data["version"], tree.raw_text(("version",))) == (1.1, "1.10")
    assert not tree.is_quoted(("version",))
    assert (tree.data["other"], tree.raw_text(("other",))) == ("1.10", "'1.10'")


INSIDE = [
    ("plain", "a: enum(x | strng)\n", "strng", "strng"),
    ("plain on two lines", "a: status\n   ==  4\n", "==  4", "==  4"),
    ("across a fold", "a: one\n   two\n", "e t", "e\n   t"),
    ("single", "a: 'it''s strng'\n", "strng", "strng"),
    ("the doubled quote", "a: 'it''s'\n", "'", "''"),
    ("double", 'a: "\\"\\u00e9\\t strng"\n', "strng", "strng"),
    ("an escape", 'a: "x\\u00e9y"\n', "é", "\\u00e9"),
    ("a joined line", 'a: "x \\\n   strng"\n', "strng", "strng"),
    ("literal", "a: |\n  one\n    strng\n", "strng", "strng"),
    ("literal with an indicator", "a:\n  b: |2-\n       x\n    strng\n", "strng", "strng"),
    ("literal after blank lines", "a: |\n\n\n  strng\n", "strng", "strng"),
    ("folded", "a: >\n  one\n  strng\n\n  two\n", "strng", "strng"),
    ("folded with more blanks", "a: >\n  one\n    strng\n  two\n", "strng", "strng"),
    ("emoji", "a: 😀 strng\n", "strng", "strng"),
    ("CR LF", "a: >\r\n  one\r\n  strng\r\n", "strng", "strng"),
    ("flow", "{a: {b: [x, strng]}}\n", "strng", "strng"),
]


@pytest.mark.parametrize(("text", "part", "source"), [row[1:] for row in INSIDE])
def test_parts_of_values(text: str, part: str, source: str) -> None:
    tree = tree_of(text)
    path, value = _only_text(tree.data)
    start = value.index(part)
    span = tree.inside(path, start, start + len(part))
    assert shown(tree, span) == source


def _only_text(data: object) -> tuple[Path, str]:
    path: list[str | int] = []
    while not isinstance(data, str):
        if isinstance(data, dict):
            (key, data), *_ = data.items()
            path.append(key)
        else:
            assert isinstance(data, list)
            path.append(len(data) - 1)
            data = data[-1]
    return tuple(path), data


def test_parts_of_keys() -> None:
    tree = tree_of("'it''s a?': x\n\"b\\tc\": y\n")
    assert shown(tree, tree.inside_key(("it's a?",), 5, 7)) == "a?"
    assert shown(tree, tree.inside_key(("it's a?",), 2, 3)) == "''"
    assert shown(tree, tree.inside_key(("b\tc",), 1, 2)) == "\\t"
    assert shown(tree, tree.inside_key((), 1, 2)) == ""


def test_parts_of_numbers_are_parts_of_what_was_written() -> None:
    tree = tree_of("a: 1.10\nb: [1, {c: null}]\n")
    assert shown(tree, tree.inside(("a",), 2, 4)) == "10"
    assert shown(tree, tree.inside(("b", 1, "c"), 0, 2)) == "nu"


def test_parts_that_do_not_exist_stay_inside() -> None:
    tree = tree_of("a: abc\nb: ''\nc: {d: e}\n")
    assert tree.inside(("a",), 3, 3) == Span(6, 6)
    assert tree.inside(("a",), 9, 12) == Span(6, 6)
    assert tree.inside(("a",), -3, 1) == Span(3, 4)
    assert tree.inside(("a",), 2, 1) == Span(5, 5)
    assert shown(tree, tree.inside(("b",), 0, 1)) == "''"
    assert shown(tree, tree.inside(("c",), 0, 1)) == "{d: e}"


def test_places_of_a_tree_do_not_change_its_values() -> None:
    tree = tree_of(TEXT)
    before = data_of(TEXT)
    tree.key_span(("auth",))
    assert tree.data == before
