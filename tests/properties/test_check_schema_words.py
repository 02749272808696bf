"""The patterns of the schema for editors are never stricter than the parsers of the words."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from ferrule.exports import schema_words as schema
from tests.properties import words


def written(trees: Any, text_of: Callable[[Any], str]) -> st.SearchStrategy[str]:
    return st.builds(text_of, trees).filter(lambda text: "\n" not in text and "\r" not in text)


def passes(node: schema.Node, text: str) -> None:
    assert re.search(node["pattern"], text, re.DOTALL), (node["pattern"], text)


@given(written(words.TYPES, words.type_text))
@example('date("%d.%m.%Y")')
@example('list(time("%H:%M")) | null')
def test_types(text: str) -> None:
    for node in (schema.TYPE, schema.PARAM, schema.SETTING, schema.RETURNS):
        passes(node, text)


@given(written(words.TYPES, words.type_text), written(words.ANSWER_PLACES, words.answer_place_text))
def test_results(type_: str, place: str) -> None:
    passes(schema.RETURNS, f"{type_} at {place}")


@given(written(words.REQUEST_PLACES, words.request_place_text))
def test_request_places(text: str) -> None:
    passes(schema.REQUEST_PLACE, text)


@given(written(words.MATCHED_PLACES, words.matched_place_text))
def test_answer_places(text: str) -> None:
    passes(schema.ANSWER_PLACE, text)


@given(written(words.RATES, words.rate_text))
def test_rates(text: str) -> None:
    passes(schema.RATE, text)


@given(written(words.WAITS, words.wait_text))
def test_waits(text: str) -> None:
    passes(schema.WAIT, text)
