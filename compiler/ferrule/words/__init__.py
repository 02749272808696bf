"""Reads the words of a spec (types, places, templates, conditions, …) into small frozen trees.

Every parser takes the text of one word and gives a tree of `ferrule.words.ast`, whose offsets point
into that text, or raises a `WordError`; there is no third outcome. Equal text gives the same tree.
"""

from ferrule.words import ast
from ferrule.words.answers import READINGS, parse_read_place, parse_returns
from ferrule.words.conditions import parse_condition
from ferrule.words.errors import WordError
from ferrule.words.graphql import parse_document
from ferrule.words.paths import parse_path_template
from ferrule.words.patterns import parse_pattern
from ferrule.words.places import (
    ANSWER_ROOTS,
    HEADER_NAME,
    HEADERS_OF_THE_WIRE,
    REQUEST_ROOTS,
    parse_answer_place,
    parse_body_path,
    parse_matched_place,
    parse_request_place,
)
from ferrule.words.quantities import (
    WAIT_UNITS,
    parse_backoff,
    parse_duration,
    parse_rate,
    parse_wait,
)
from ferrule.words.refinements import FORMATS
from ferrule.words.splits import parse_split
from ferrule.words.templates import FILTERS, HASHES, parse_template
from ferrule.words.types import CONTAINERS, WORDS, parse_param, parse_type

__all__ = [
    "ANSWER_ROOTS",
    "CONTAINERS",
    "FILTERS",
    "FORMATS",
    "HASHES",
    "HEADERS_OF_THE_WIRE",
    "HEADER_NAME",
    "READINGS",
    "REQUEST_ROOTS",
    "WAIT_UNITS",
    "WORDS",
    "WordError",
    "ast",
    "parse_answer_place",
    "parse_backoff",
    "parse_body_path",
    "parse_condition",
    "parse_document",
    "parse_duration",
    "parse_matched_place",
    "parse_param",
    "parse_path_template",
    "parse_pattern",
    "parse_rate",
    "parse_read_place",
    "parse_request_place",
    "parse_returns",
    "parse_split",
    "parse_template",
    "parse_type",
    "parse_wait",
]
