"""`body.records by 10`: a tree or a fault with a place inside the word, and never anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule.forms.hooks import hook_name
from ferrule.words import WordError, ast, parse_split

_PIECES = st.sampled_from(
    ["body", "query", "path", ".", "records", " ", "by", "merge", "10", "0", "[", '"']
)


@pytest.mark.parametrize(
    ("text", "where", "keys", "most"),
    [
        ("body.records by 10", "body", ("records",), 10),
        ("body.a.b by 1", "body", ("a", "b"), 1),
        ("query.ids by 100", "query", (), 100),
        ("body.a  by  7", "body", ("a",), 7),
    ],
)
def test_a_list_and_a_number(text: str, where: str, keys: tuple[str, ...], most: int) -> None:
    found = parse_split(text)
    assert (found.place.where, found.place.keys, found.most) == (where, keys, most)


def test_what_the_calls_give_may_be_put_together() -> None:
    found = parse_split("query.by by 3  merge odd[id]")
    assert (found.place.name, found.most, found.merge) == ("by", 3, "odd[id]")
    assert parse_split("body.a by 1").merge is None


@pytest.mark.parametrize(
    "text",
    [
        "body.x by 3 merge",
        "body.x by 3 merge a b",
        "",
        "body by 10",
        "body.x",
        "body.x by 0",
        "path.x by 3",
        "body.x of 3",
        "$.x by 3",
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(WordError):
        parse_split(text)


@given(st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=8).map("".join)))
def test_there_is_no_third_outcome(text: str) -> None:
    found: ast.Split | WordError
    try:
        found = parse_split(text)
    except WordError as fault:
        found = fault
    if isinstance(found, WordError):
        assert 0 <= found.start <= found.end <= len(text)
    else:
        assert found.most >= 1
        assert found.place.where in ("body", "query")


@given(st.text(max_size=40))
def test_a_function_is_named_or_not(text: str) -> None:
    found = hook_name(text)
    if found is not None:
        assert f"{found.file}:{found.function}" == text
        assert found.function.isidentifier()
        assert found.file.endswith(".py")
