"""Reads one line of generated Python as bracket pairs, and lays it out by its width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

WIDTH = 88
_MARK = re.compile(r"[()\[\]{}]|, ?| \| ")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
# Where a line could be broken beside commas and bars: then another than us must decide.
_OPERATOR = re.compile(
    r"(?:^|[ =])(?:if|else|for|in|is|not|and|or|lambda|await)\b|[-+*/%@<>&^~:]=|==|!="
    r"|[+*/%@<>&^~!;\\]|->"
)
_KEYWORD = re.compile(r"^\w+=")
_CLOSING = {"(": ")", "[": "]", "{": "}"}


class UncertainError(Exception):
    """It is not known how black would lay this out."""


class Span(Struct):
    """A part of a line, from `start` to `end`: the bracket pairs and the bars that stand in it."""

    start: int
    end: int = -1
    groups: list[Group] = []
    bars: list[int] = []

    def part(self, start: int, end: int) -> Span:
        """A part of it."""
        groups = [each for each in self.groups if start <= each.start < end]
        return Span(start, end, groups, [each for each in self.bars if start <= each < end])

    @property
    def ends_in_group(self) -> bool:
        """Whether a bracket pair is the last of it."""
        return bool(self.groups) and self.groups[-1].end == self.end


class Group(Struct):
    """A bracket pair from `start` to `end`, and what stands between its commas.

    `is_display` if nothing that it could belong to stands before it.
    """

    start: int
    is_display: bool
    elements: list[Span]
    end: int = -1
    has_end_comma: bool = False


def width(text: str) -> int:
    """Columns that a text takes; at most that many where it is not plain ASCII."""
    return len(text) + sum(each > "\x7f" for each in text)


def fits(text: str, margin: int) -> bool:
    """Whether a text stands on one line. Raises UncertainError where that depends on a font."""
    if text.isascii():
        return margin + len(text) <= WIDTH
    if margin + width(text) <= WIDTH:
        return True
    raise UncertainError


def has_plain_quotes(text: str) -> bool:
    """Whether black leaves every string of a line as it is."""
    return all(
        ("'" not in token or _keeps_single(token)) and '\\"' not in token
        for token in _STRING.findall(text)
    )


def _keeps_single(token: str) -> bool:
    return token[0] == '"' or ('"' in token and "\\'" not in token)


def read(masked: str) -> Span:
    """The bracket pairs of a line whose strings are masked.

    Raises UncertainError for what is not made of closed pairs, and for commas outside of them.
    """
    top = current = Span(0, len(masked))
    stack: list[tuple[Group, Span]] = []
    for met in _MARK.finditer(masked):
        mark, at = met[0], met.start()
        if mark in _CLOSING:
            is_display = at == current.start or _stands_free(masked[at - 1])
            first = Span(at + 1)
            group = Group(at, is_display, [first])
            current.groups.append(group)
            stack.append((group, current))
            current = first
        elif mark == " | ":
            current.bars.append(at)
        elif not stack:
            raise UncertainError
        elif mark[0] == ",":
            current.end = at
            current = Span(met.end())
            stack[-1][0].elements.append(current)
        else:
            current.end = at
            group, current = stack.pop()
            _close(group, masked[group.start], mark, at)
    if stack:
        raise UncertainError
    return top


def _stands_free(before: str) -> bool:
    """Whether a bracket behind a character belongs to nothing."""
    return not (before.isalnum() or before in "_)]}")


def _close(group: Group, opening: str, closing: str, at: int) -> None:
    if _CLOSING[opening] != closing:
        raise UncertainError
    group.end = at + 1
    last = group.elements[-1]
    if last.start == last.end:
        group.elements.pop()
        group.has_end_comma = bool(group.elements)
    if group.has_end_comma and (len(group.elements) > 1 or opening != "("):
        raise UncertainError


class Line(Struct):
    """Lays out parts of one line: `code` as it is, `masked` with strings that hold nothing."""

    code: str
    masked: str

    def flat(self, span: Span) -> str:
        """The text of a part."""
        return self.code[span.start : span.end]

    def inside(self, group: Group) -> str:
        """What stands between the brackets, on one line."""
        return self.code[group.start + 1 : group.end - 1]

    def outside(self, span: Span) -> Iterator[str]:
        """What stands before, between and behind the bracket pairs of a part, masked."""
        start = span.start
        for group in span.groups:
            yield self.masked[start : group.start]
            start = group.end
        yield self.masked[start : span.end]

    def has_operators(self, span: Span) -> bool:
        """Whether a part could be broken at an operator other than a bar."""
        for number, text in enumerate(self.outside(span)):
            if text and ((number and text[0] == ".") or _OPERATOR.search(text) is not None):
                return True
        return False

    def body(self, group: Group, margin: int) -> list[str]:
        """The lines inside a pair of brackets that was opened."""
        has_commas = len(group.elements) > 1
        if not (has_commas and group.is_display):
            text = self.inside(group)
            if fits(text, margin):
                return [" " * margin + text]
        if has_commas:
            return [line for each in group.elements for line in self.element(each, margin, ",")]
        return self.element(group.elements[0], margin, "," if group.has_end_comma else "")

    def element(self, span: Span, margin: int, tail: str) -> list[str]:
        """The lines of one element inside brackets."""
        text = self.flat(span) + tail
        if fits(text, margin):
            return [" " * margin + text]
        if self.has_operators(span):
            raise UncertainError
        if span.bars:
            return self.union(span, margin, tail)
        if not span.groups:
            return [" " * margin + text]
        return self.opened(span, span.groups[-1], margin, tail)

    def union(self, span: Span, margin: int, tail: str = "") -> list[str]:
        """The lines of `A | B`, one member a line."""
        first, *others = self.outside(span)
        if "=" in _KEYWORD.sub("", first, 1) or any("=" in each for each in others):
            raise UncertainError
        # A member begins with its bar.
        starts = [span.start, *(bar + 1 for bar in span.bars)]
        ends = [*span.bars, span.end]
        lines: list[str] = []
        for start, end in zip(starts, ends, strict=True):
            lines += self.element(span.part(start, end), margin, tail if end == span.end else "")
        return lines

    def opened(self, span: Span, group: Group, margin: int, tail: str = "") -> list[str]:
        """The lines of a part with one of its bracket pairs opened."""
        head = self.code[span.start : group.start + 1]
        end = self.code[group.end - 1 : span.end] + tail
        if not group.elements or not fits(head, margin) or not fits(end, margin):
            raise UncertainError
        return [" " * margin + head, *self.body(group, margin + 4), " " * margin + end]
