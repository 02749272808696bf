"""Finds values that YAML tore apart or cut short, because their author left out the quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from ferrule.forms.source import Span
from ferrule.forms.tree import Place

# A single quote that opens something, not the apostrophe of `don't`.
_OPENING_QUOTE = re.compile(r"(?:^|[\s(=|~\[{,:])'")
_QUOTED_CONSTANT = re.compile(r"=[ \t]*([\"'])(.*)\1")
COMMENT = re.compile(r"[ \t]+#")
# ` = ` behind a type, or at the beginning of a constant.
_GIVES = re.compile(r"(?<![^\s?])=\s")
_LINE_END = re.compile(r"[\r\n]|\Z")
# How many pieces of a torn value are put together again, so that a hostile text costs little.
_LOOK_AHEAD = 10
_MOST_CHARACTERS_AHEAD = 1000


def is_open(text: str) -> bool:
    """Whether a text leaves a parenthesis or a quote open, so that more must have followed."""
    return (
        text.count("(") > text.count(")")
        or text.count('"') % 2 == 1
        or (text.count("'") % 2 == 1 and _OPENING_QUOTE.search(text) is not None)
    )


def quoted(text: str) -> str:
    """The text in the quotes that need the fewest escapes.

    Quotes around a constant are left out: they were to hold together what YAML tore apart.
    """
    constant = _QUOTED_CONSTANT.fullmatch(text)
    if constant is not None:
        text = f"= {constant[2]}"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def may_be_cut(text: str) -> bool:
    """Whether some line has a comment after a text that is left open. Cheap, and often wrong."""
    for mark in (" #", "\t#"):
        at = text.find(mark)
        while at >= 0:
            line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            if is_open(text[line_start:at]):
                return True
            # A comment reaches to the end of its line.
            at = text.find(mark, end_of_line(text, at))
    return False


def cut_rest(text: str, value: Place) -> Span | None:
    """The value as it was meant, if ` #` cut it short at the end of the plain scalar `value`."""
    comment = COMMENT.match(text, value.end)
    if comment is None or not is_open(text[value.start : value.end]):
        return None
    line_end = end_of_line(text, comment.end())
    # A comment may follow after all: take the shortest text in which everything is closed.
    for mark in islice(COMMENT.finditer(text, comment.end(), line_end), _LOOK_AHEAD):
        if not is_open(text[value.start : mark.start()]):
            return Span(value.start, mark.start())
    return Span(value.start, line_end)


def cut_piece(text: str, value: Place) -> Span | None:
    """The same inside `{ }` and `[ ]`, where the comment swallowed what closes them."""
    whole = cut_rest(text, value)
    if whole is None:
        return None
    for at in range(value.end, min(whole.end, value.end + _MOST_CHARACTERS_AHEAD)):
        if text[at] in ",}]" and not is_open(text[value.start : at]):
            return Span(value.start, at)
    return whole


def torn_values(text: str, entries: list[tuple[Place, Place]], *, is_map: bool) -> Iterator[Span]:
    """The stretches of a flow collection that were one value before its commas tore them."""
    number = 0
    while number < len(entries):
        pieces = entries[number : number + _LOOK_AHEAD]
        size = _torn_size(text, pieces, is_map=is_map)
        if size:
            key, value = pieces[0]
            start = key if is_empty(value) else value
            yield Span(start.start, pieces[size - 1][1].end)
        number += size or 1


def _torn_size(text: str, pieces: list[tuple[Place, Place]], *, is_map: bool) -> int:
    """How many entries at the beginning of `pieces` were one value; 0 if the first stands alone."""
    key, value = pieces[0]
    first = key if is_empty(value) else value
    if first.style or not first.is_scalar:
        return 0
    size = _listed_size(pieces) if is_map and _GIVES.search(text, value.start, value.end) else 0
    if size or not is_open(text[first.start : first.end]):
        return size
    for size, (key, value) in enumerate(pieces[1:], start=2):
        if not key.is_scalar or not value.is_scalar or key.style or value.style:
            break
        whole = text[first.start : value.end]
        rest = text[key.start : value.end]
        if not is_open(whole) and (is_map or rest.count(")") > rest.count("(") or is_open(rest)):
            return size
    follows_empty = is_map and len(pieces) > 1 and is_empty(pieces[1][1])
    return 2 if follows_empty else 0


def _listed_size(pieces: list[tuple[Place, Place]]) -> int:
    """How many entries were one constant or default, a list of words with commas between them."""
    words = takewhile(lambda each: not each[0].style and is_empty(each[1]), pieces[1:])
    size = 1 + sum(1 for _ in words)
    return size if size > 1 else 0


def is_empty(place: Place) -> bool:
    """Whether nothing at all stands at the place of a value."""
    return not place.style and place.is_scalar and place.start == place.end


def end_of_line(text: str, start: int) -> int:
    """Where the text of the line ends that `start` is in, blanks left out."""
    found = _LINE_END.search(text, start)
    assert found is not None
    return start + len(text[start : found.start()].rstrip())
