"""Finds the comments of a text whose places are known."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import Place

_HEADER = re.compile(r"[^\r\n]*")
_REST_OF_LINE = re.compile(r"#[^\r\n]*")
_HEADER_COMMENT = re.compile(r"[ \t](#[^\r\n]*)")


class Comment(Struct, frozen=True):
    """A comment: its text from `#` on, its line (from 1), whether nothing else stands there."""

    span: Span
    text: str
    line: int
    is_alone: bool


def comments_of(source: SourceFile, root: Place) -> list[Comment]:
    """All comments in order of place. `root` is where the document of the text stands."""
    return [_comment(source, span) for span in _spans(source.text, root)]


def _comment(source: SourceFile, span: Span) -> Comment:
    line = source.position(span.start)[0]
    before = source.text[source.line_starts[line - 1] : span.start]
    return Comment(span, source.text[span.start : span.end], line, not before.strip())


def _spans(text: str, root: Place) -> Iterator[Span]:
    """Where a `#` is met outside of all scalars, to the end of the line."""
    scalars = sorted(_scalars(root), key=lambda place: place.start)
    starts = [place.start for place in scalars]
    at = 0
    while (at := text.find("#", at)) >= 0:
        number = bisect_right(starts, at) - 1
        around = scalars[number] if number >= 0 else None
        if around is None or at >= around.end:
            found = _REST_OF_LINE.match(text, at)
            assert found is not None
            yield Span(at, at + len(found[0].rstrip()))
            at = found.end()
        else:
            if around.style in ("|", ">"):
                yield from _in_header(text, around)
            at = max(at + 1, around.end)


def _in_header(text: str, block: Place) -> Iterator[Span]:
    """The comment beside the `|` or `>` that opens a block."""
    line = _HEADER.match(text, block.start)
    assert line is not None
    found = _HEADER_COMMENT.search(line[0])
    if found is not None:
        start = block.start + found.start(1)
        yield Span(start, start + len(found[1].rstrip()))


def _scalars(place: Place) -> Iterator[Place]:
    if place.values is None:
        yield place
        return
    inner = place.values.values() if isinstance(place.values, Mapping) else place.values
    if place.keys is not None:
        for key in place.keys.values():
            yield from _scalars(key)
    for value in inner:
        yield from _scalars(value)
