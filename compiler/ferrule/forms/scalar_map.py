"""Maps the characters of a YAML scalar's value back to the characters of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from ferrule.forms.source import Span

# A text with NEL, LS or PS has no tree, so that only these are line breaks here.
_BREAKS = "\r\n"
_LINE = re.compile(r"([^\r\n]*)(\r\n|[\r\n]|\Z)")
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
HEX_DIGITS = {"x": 2, "u": 4, "U": 8}
"""How many digits follow an escape that names a character by its number."""


class _Line(Struct, frozen=True):
    """A line of the source: its first character, the end of its text, the end of its break."""

    start: int
    end: int
    after: int


class _Pieces(Struct):
    """Characters as they are made, each with the stretch of source that it came from."""

    text: str
    chars: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def put(self, char: str, start: int, end: int) -> None:
        self.chars.append(char)
        self.starts.append(start)
        self.ends.append(end)

    def copy(self, start: int, end: int) -> None:
        self.chars.extend(self.text[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def put_break(self, line: _Line) -> None:
        """A line break that is kept: always LF in the value."""
        self.put("\n", line.end, line.after)

    def fold(self, first: _Line, blank: list[_Line]) -> None:
        """The break after a line of flowing text, and the blank lines that follow it."""
        if not blank:
            self.put(" ", first.end, first.after)
        for line in blank:
            self.put_break(line)


class ScalarMap(Struct, frozen=True):
    """For each character of a scalar's value, the stretch of the file it came from."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def read(cls, text: str, place: Span, style: str, value: str) -> ScalarMap | None:
        """Reads the scalar at `place` again. None if that does not give exactly `value`."""
        pieces = _Pieces(text)
        start, end = place.start, place.end
        if style in ("|", ">"):
            _read_block(pieces, start, _with_blank_lines(text, end), style == "|", value)
        elif style == '"':
            _read_double(pieces, start + 1, end - 1)
        elif style == "'":
            _read_flowing(pieces, start + 1, end - 1, quoted=True)
        else:
            _read_flowing(pieces, start, end, quoted=False)
        size = len(value)
        made = "".join(pieces.chars)
        if made[:size] != value or made[size:].strip("\n") or not size:
            return None
        return cls(pieces.starts[:size], pieces.ends[:size])

    def span(self, start: int, end: int) -> Span:
        """The stretch of the file for the characters `start` to `end` of the value."""
        size = len(self.starts)
        start = max(0, min(start, size))
        end = max(start, min(end, size))
        if start == size:
            return Span(self.ends[-1], self.ends[-1])
        if start == end:
            return Span(self.starts[start], self.starts[start])
        return Span(self.starts[start], self.ends[end - 1])


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    while start < end:
        found = _LINE.match(text, start, end)
        assert found is not None
        yield _Line(start, found.end(1), found.end())
        if found.end() == found.end(1):
            return
        start = found.end()
    yield _Line(end, end, end)


def _read_flowing(pieces: _Pieces, start: int, end: int, *, quoted: bool) -> None:
    """Plain and single-quoted text: blanks around a break go, one break is a blank."""
    text = pieces.text
    lines = list(_lines(text, start, end))
    previous: _Line | None = None
    blank: list[_Line] = []
    for number, line in enumerate(lines):
        first, last = line.start, line.end
        if number:
            while first < last and text[first] in " \t":
                first += 1
        if number < len(lines) - 1:
            while last > first and text[last - 1] in " \t":
                last -= 1
        is_edge = quoted and number in (0, len(lines) - 1)
        if first == last and not is_edge:
            blank.append(line)
            continue
        if previous is not None:
            pieces.fold(previous, blank)
        previous, blank = line, []
        _copy_single_quoted(pieces, first, last) if quoted else pieces.copy(first, last)


def _copy_single_quoted(pieces: _Pieces, start: int, end: int) -> None:
    text = pieces.text
    while start < end:
        width = 2 if text.startswith("''", start, end) else 1
        pieces.put(text[start], start, start + width)
        start += width


def _read_double(pieces: _Pieces, start: int, end: int) -> None:
    text = pieces.text
    while start < end:
        char = text[start]
        if char == "\\" and start + 1 < end:
            start = _read_escape(pieces, start, end)
        elif char in " \t" + _BREAKS:
            start = _read_blanks(pieces, start, end)
        else:
            pieces.put(char, start, start + 1)
            start += 1


def _read_escape(pieces: _Pieces, start: int, end: int) -> int:
    text = pieces.text
    letter = text[start + 1]
    if letter in _BREAKS:
        # An escaped break joins two lines; blank lines after it still count.
        line = next(_lines(text, start + 1, end))
        return _read_blank_lines(pieces, line.after, end)
    if letter in HEX_DIGITS:
        after = start + 2 + HEX_DIGITS[letter]
        code = int(text[start + 2 : after], 16)
        pieces.put(chr(code), start, after)
        return after
    pieces.put(_ESCAPES.get(letter, letter), start, start + 2)
    return start + 2


def _read_blanks(pieces: _Pieces, start: int, end: int) -> int:
    text = pieces.text
    after = start
    while after < end and text[after] in " \t":
        after += 1
    if after == end or text[after] not in _BREAKS:
        pieces.copy(start, after)
        return after
    line = next(_lines(text, after, end))
    blank: list[_Line] = []
    after = _skip_blank_lines(text, line.after, end, blank)
    pieces.fold(line, blank)
    return after


def _read_blank_lines(pieces: _Pieces, start: int, end: int) -> int:
    blank: list[_Line] = []
    after = _skip_blank_lines(pieces.text, start, end, blank)
    for line in blank:
        pieces.put_break(line)
    return after


def _skip_blank_lines(text: str, start: int, end: int, blank: list[_Line]) -> int:
    for line in _lines(text, start, end):
        first = line.start
        while first < line.end and text[first] in " \t":
            first += 1
        if first < line.end or line.end == line.after:
            return first
        blank.append(line)
    return end


def _read_block(pieces: _Pieces, start: int, end: int, literal: bool, value: str) -> None:
    text = pieces.text
    lines = list(_lines(text, start, end))[1:]  # the first is the header, `|2-`
    indent = _content_column(text, lines, value)
    previous: _Line | None = None
    was_blank_led = False
    blank: list[_Line] = []
    for line in lines:
        content = min(line.start + indent, line.end)
        if content == line.end:
            if line.end < line.after:
                blank.append(line)
            continue
        is_blank_led = text[content] in " \t"
        if previous is not None and not (literal or was_blank_led or is_blank_led):
            pieces.fold(previous, blank)
        else:
            for earlier in [previous, *blank] if previous else blank:
                pieces.put_break(earlier)
        pieces.copy(content, line.end)
        previous, was_blank_led, blank = line, is_blank_led, []
    for line in [previous, *blank] if previous else blank:
        if line.end < line.after:
            pieces.put_break(line)


def _with_blank_lines(text: str, end: int) -> int:
    """The end of a block with the breaks that follow it, which may be part of its value."""
    while end < len(text) and text[end] in " \t\r\n":
        end += 1
    return end


def _content_column(text: str, lines: list[_Line], value: str) -> int:
    """How far the block is indented: its first line's blanks less those that are in the value.

    An indentation indicator counts from the parent, which is not known here; the value tells.
    """
    content = value.lstrip("\n")
    number = len(value) - len(content)
    if not content:
        return max((line.end - line.start for line in lines), default=0)
    if number >= len(lines):
        return 0
    line = text[lines[number].start : lines[number].end]
    if not line.strip(" "):
        return max(0, len(line) - len(content.partition("\n")[0]))
    return max(0, _blanks_before(line) - _blanks_before(content))


def _blanks_before(text: str) -> int:
    return len(text) - len(text.lstrip(" "))
