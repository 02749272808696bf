"""The place where the YAML reader gave up, what is around it, and what is to be said about it."""

from __future__ import annotations

import re

from msgspec import Struct

from ferrule.diagnostics.wording import said, with_fix
from ferrule.forms.source import Span
from ferrule.forms.tree import Place
from ferrule.passes.parse.torn import COMMENT, end_of_line, quoted

_BLANKS = re.compile(r"[ \t]*")
_QUOTED = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\r\n]|'')*'")
_ENTRY_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_COLON = re.compile(r":[ \t]+")
COLON_ENDS_VALUE = "`: ` ends a plain value, and would make a key of what stands before it"
COMMENT_CUTS_VALUE = "YAML cut the value at ` #`, which begins a comment"
COMPLEX_KEY = "`? ` begins a complex key, which a spec does not use"
DIRECTIVE = "a YAML directive stands here"
EMPTY_KEY = "a key is missing before this colon"
EMPTY_KEY_HELP = "write the key, or quote the whole text if the colon is part of a value"
SECOND_DOCUMENT = "a second document begins here"

# How far the end of a torn value, or a line with text, is looked for.
_MOST_CHARACTERS_AHEAD = 2000
_MOST_LINES_BACK = 100


class Trouble(Struct, frozen=True):
    """Why a text is not YAML.

    `fix` is a stretch and what to write in its place. To find what is wrong behind it, the reader
    starts again with `mend_sign` written all over the stretch `mend`.
    """

    rule: str
    span: Span
    message: str
    help: str | None = None
    fix: tuple[Span, str] | None = None
    mend: Span | None = None
    mend_sign: str = "x"


class Fault(Struct, frozen=True):
    """Where the reader stopped (`at`), where what it was reading began (`since`).

    `last` is the scalar that it read before, `bracket` the innermost `{` or `[` that is open.
    """

    text: str
    at: int
    since: int
    last: Place | None
    bracket: int | None

    @property
    def char(self) -> str:
        """The character that the reader stopped at."""
        return self.text[self.at : self.at + 1]

    @property
    def here(self) -> Span:
        """The character that the reader stopped at, as a stretch."""
        return Span(self.at, min(self.at + 1, len(self.text)))

    @property
    def line_start(self) -> int:
        """Where the line of the fault begins."""
        return line_start(self.text, self.at)

    @property
    def before(self) -> str:
        """What stands in the line before the fault, without blanks around."""
        return self.text[self.line(self.at).start : self.at].rstrip()

    @property
    def rest(self) -> Span:
        """The line from the fault on."""
        return Span(self.at, max(self.at, self.line(self.at).end))

    @property
    def is_at_end(self) -> bool:
        """Whether nothing follows in the whole text."""
        return not self.text[self.at :].strip()

    def line(self, at: int) -> Span:
        """The text of the line that `at` is in, without its indentation."""
        start = line_start(self.text, at)
        end = end_of_line(self.text, start)
        lead = _BLANKS.match(self.text, start, end)
        return Span(lead.end() if lead else start, end)

    def line_above(self, at: int) -> Span | None:
        """The nearest line above the one that `at` is in that says something."""
        start = line_start(self.text, at)
        for _ in range(_MOST_LINES_BACK):
            if start == 0:
                return None
            is_crlf = self.text[start - 2 : start] == "\r\n"
            found = self.line(start - 2 if is_crlf else start - 1)
            if found.start < found.end and self.text[found.start] != "#":
                return found
            start = line_start(self.text, found.start)
        return None

    def column(self, at: int) -> int:
        """How far from the margin a place is, from 0."""
        return at - line_start(self.text, at)

    def said(self, span: Span) -> str:
        """A stretch of the text as a message shows it."""
        return said(self.text[span.start : span.end], 40)

    def other(self) -> Trouble:
        """The trouble that nothing better is known about."""
        return Trouble(
            "yaml-syntax",
            self.rest,
            "the text cannot be read as YAML from here on",
            "look for a quote, a bracket or a colon that is missing; quote what is meant as text",
        )

    def quote(self, rule: str, span: Span, message: str, value: Span) -> Trouble:
        """The trouble that is over when `value` is put into quotes."""
        written = self.text[value.start : value.end]
        if written.endswith("[]") and written[:-2].isidentifier():
            text = f"list({written[:-2]})"
            return Trouble(rule, span, message, with_fix("write", text), (value, text), value)
        text = quoted(written)
        return Trouble(rule, span, message, with_fix("quote the value", text), (value, text), value)


def line_start(text: str, at: int) -> int:
    """Where the line begins that `at` is in."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def value_of_line(text: str, at: int) -> Span | None:
    """What follows the first `: ` of the line that `at` is in, without a comment."""
    start = line_start(text, at)
    end = end_of_line(text, start)
    lead = _ENTRY_LEAD.match(text, start, end)
    key_start = lead.end() if lead else start
    key = _QUOTED.match(text, key_start, end)
    colon = _COLON.search(text, key.end() if key else key_start, end)
    if colon is None:
        return None
    comment = COMMENT.search(text, colon.end(), end)
    value_end = comment.start() if comment else end
    return Span(colon.end(), value_end) if colon.end() < value_end else None


def quoted_before(text: str, at: int) -> Span | None:
    """The quoted text that ends at `at` in its line, blanks between left out."""
    start = line_start(text, at)
    end = start + len(text[start:at].rstrip())
    for found in _QUOTED.finditer(text, start, end):
        if found.end() == end:
            return Span(*found.span())
    return None


def end_of_piece(text: str, start: int) -> int:
    """Where a value in a line ends that goes on to a comma or a bracket that closes."""
    line_end = end_of_line(text, start)
    depth = 0
    for at in range(start, min(line_end, start + _MOST_CHARACTERS_AHEAD)):
        char = text[at]
        if char in "{[(":
            depth += 1
        elif char in ")]}":
            depth -= 1
            if depth < 0:
                return at
        elif depth == 0 and (char == "," or text.startswith(" #", at)):
            return at
    return line_end
