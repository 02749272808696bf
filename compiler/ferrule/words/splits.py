"""Reads `body.records by 10 merge id`: a list of a request, how much of it goes into one call, and
by which field the items that the calls give are the same."""

from __future__ import annotations

import re

from ferrule.words.ast import Split
from ferrule.words.errors import WordError, shown
from ferrule.words.places import parse_request_place

_SPLIT = re.compile(r"(?P<place>.*?\S)\s+by\s+(?P<most>[0-9]{1,9})(?:\s+merge\s+(?P<merge>\S+))?")


def parse_split(text: str) -> Split:
    """`body.records by 10`, `query.ids by 100`, `query.properties by 50 merge id`."""
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
    return Split(place=place, most=most, merge=found["merge"], start=0, end=len(text))
