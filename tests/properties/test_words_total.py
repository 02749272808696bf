"""Every text is a word or a fault with a place; nothing else comes out of a parser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule import words as public
from ferrule.words import WordError
from tests.compiler.words import nodes
from tests.properties import words

PARSERS: dict[str, Callable[[str], Any]] = {
    name.removeprefix("parse_"): getattr(public, name)
    for name in public.__all__
    if name.startswith("parse_")
}
WRITTEN = st.one_of(
    words.TYPES.map(words.type_text),
    words.REQUEST_PLACES.map(words.request_place_text),
    words.MATCHED_PLACES.map(words.matched_place_text),
    words.TEMPLATES.map(words.template_text),
    words.CONDITIONS.map(words.condition_text),
    words.RATES.map(words.rate_text),
    words.WAITS.map(words.wait_text),
    words.PATHS.map(words.path_text),
    words.PATTERNS,
    st.sampled_from(
        [
            "integer(text) = 0 at $.count",
            "string = 'it''s'",
            "= text ${a}",
            "500ms..30s",
            "$.a[?search(@.b, 'x+') && @.c > 1]..d[1:2]",
            "$.errors as list(FieldError)",
        ]
    ),
)
SIGNS = "()[]{}|\"'$.,~=<>!&?:/\\*+-#% \n"
GROUPS = ["${", "}}", "$$", "..", "??", " | ", " = ", " at ", " as ", " else ", " per ", " in ("]
OPENINGS = ["not ", " and ", "enum(", "list(", 'string(~"', "[?@."]
ODD = ["\u00a0", "\u200b", "\u2028", "\x00", "\ud800", "“", "٣", "²", "é", "9" * 30, "1e999"]
PIECES = st.sampled_from([*SIGNS, *GROUPS, *OPENINGS, *ODD])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid word in which some pieces were cut out, doubled or put in."""
    text: str = draw(WRITTEN)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(start + 4, len(text))))
        middle = draw(st.sampled_from(["", text[start:end] * 2]) | PIECES)
        text = text[:start] + middle + text[end:]
    return text


def outcome(parse: Callable[[str], Any], text: str) -> Any:
    """The tree, or the fault; anything else that is raised fails the test."""
    try:
        return parse(text)
    except WordError as error:
        return error


def expect_tree_or_fault(parse: Callable[[str], Any], text: str) -> None:
    found = outcome(parse, text)
    if isinstance(found, WordError):
        assert 0 <= found.start <= found.end <= len(text), found.message
        assert found.message
        assert found.message.isprintable()
        assert (found.help or "").isprintable()
        assert (found.expected or "").isprintable()
    for node in nodes(found):
        assert 0 <= node.start <= node.end <= len(text)


@settings(max_examples=300)
@given(st.text(max_size=30) | st.lists(PIECES, max_size=10).map("".join))
def test_any_text(text: str) -> None:
    for parse in PARSERS.values():
        expect_tree_or_fault(parse, text)


@settings(max_examples=500)
@given(mutated())
def test_nearly_valid_words(text: str) -> None:
    for parse in PARSERS.values():
        expect_tree_or_fault(parse, text)


FILTER_PIECES = st.sampled_from(
    [
        "@",
        "$",
        ".a",
        "..",
        "*",
        "[",
        "]",
        "(",
        ")",
        "?",
        "==",
        "&&",
        "||",
        "!",
        "1",
        "-0",
        "1e400",
        "1.5",
        "'x'",
        r"'\ud800'",
        ",",
        ":",
        "length(",
        "match(",
        "search(",
        "value(",
        "null",
        " ",
    ]
)


@given(st.lists(FILTER_PIECES, max_size=8).map(lambda pieces: f"$[?{''.join(pieces)}]"))
def test_filters(text: str) -> None:
    expect_tree_or_fault(public.parse_body_path, text)


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("piece", ["(", "[", "{", "list(", "not ", "$.a[?(", "${a ?? ", "(?:", "|"])
def test_long_hostile_words(name: str, piece: str) -> None:
    expect_tree_or_fault(PARSERS[name], piece * 20_000)
    expect_tree_or_fault(PARSERS[name], "$.a" + piece * 20_000)


def test_a_fault_hides_nothing_invisible() -> None:
    with pytest.raises(WordError) as caught:
        public.parse_type("\u202estring\u200b")
    assert re.search(r"u202e", caught.value.message)
