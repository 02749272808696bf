"""GraphQL documents: operations, variables, brackets; nothing else comes out but a fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule.words import WordError, parse_document

PIECES = st.sampled_from(
    [
        *("query", "mutation", "fragment", "F", " ", "(", ")", "{", "}", "[", "]", "$a", ":"),
        *("Int", "!", "=", "1", "@d", "...", '"x"', '"""y"""', "#c\n", "|", "&", "\\", "é", "on"),
    ]
)


def test_an_operation_and_its_variables() -> None:
    read = parse_document("""
        # the first
        query Items($first: Int! = 2, $kinds: [Kind!]!, $after: String @old, $x: [Int!])
        @d(a: "}") {
          items(first: $first, in: {k: $kinds, text: "$no", more: \"\"\"{ $no \"\"\"}) { ...F }
        }
        fragment F on Item { id(when: $after) }
        subscription { changed }
        """)
    items, changed = read.operations
    assert (items.kind, items.name, changed.kind, changed.name) == (
        *("query", "Items"),
        *("subscription", None),
    )
    assert {each.name: each.is_needed for each in items.variables} == {
        "first": False,
        "kinds": True,
        "after": False,
        "x": False,
    }
    assert [each.name for each in items.used] == ["first", "kinds"]
    assert [each.name for each in read.fragments] == ["after"]
    assert read.chosen("Items") is items
    assert read.chosen(None) is None
    assert read.text[items.variables[1].start : items.variables[1].end] == "$kinds"


@pytest.mark.parametrize(
    "text",
    ["", "#", "query", "query Q", "query Q(", "query ($a) {a}", "{a}}", "{(a}", "x{a}", "{?}"],
)
def test_what_is_no_document_is_told_with_its_place(text: str) -> None:
    with pytest.raises(WordError) as caught:
        parse_document(text)
    assert 0 <= caught.value.start <= caught.value.end <= len(text)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_text_is_a_document_or_a_fault(text: str) -> None:
    fault: WordError | None = None
    try:
        assert parse_document(text).operations
    except WordError as error:
        fault = error
    assert fault is None or 0 <= fault.start <= fault.end <= len(text)
