"""Reads `body.records by 10`: a list of a request and how much of it goes into one call."""

from __future__ import annotations

import re

from ferrule.words.ast import Split
from ferrule.words.errors import WordError, shown
from ferrule.words.places import parse_request_place

_SPLIT = re.compile(r"(?P<place>.*\S)\s+by\s+(?P<most>[0-9]{1,9})")


def parse_split(text: str) -> Split:
    """`body.records by 10`, `query.ids by 100`."""
    found = _SPLIT.fullmatch(text)
    if found is None:
        raise WordError(
            f"{shown(text)} does not say what is cut into how much",
            0,
            len(text),
            expected="a list of the request and a number: `body.records by 10`",
        )
    place = parse_request_place(found["place"])
    most = int(found["most"])
    if (
        most < 1
        or place.where not in ("body", "query")
        or (place.where == "body" and not place.keys)
    ):
        raise WordError(
            f"{shown(text)}: what is cut is a field of the body or a parameter of the query",
            0,
            len(text),
            expected="`body.records by 10`",
        )
    return Split(place=place, most=most, start=0, end=len(text))
