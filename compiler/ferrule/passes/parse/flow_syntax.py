"""Explains what is wrong between `{ }` and `[ ]`."""

from __future__ import annotations

import re

from ferrule.forms.source import Span
from ferrule.passes.parse.block_syntax import after_quote, empty_key
from ferrule.passes.parse.fault import (
    COLON_ENDS_VALUE,
    COMMENT_CUTS_VALUE,
    Fault,
    Trouble,
    end_of_piece,
    line_start,
)
from ferrule.passes.parse.torn import cut_piece

_KEY_AT_END = re.compile(r"\s(\"[^\"]*\")\Z")


def between_entries(fault: Fault) -> Trouble:
    """Something after an entry that is no comma and closes nothing."""
    bracket = fault.since if fault.bracket is None else fault.bracket
    last = fault.last
    if fault.before.endswith(("'", '"')) and last is not None and last.style:
        return after_quote(fault)
    if fault.is_at_end or fault.text.startswith(("---", "..."), fault.at):
        return _left_open(fault, bracket)
    line = fault.line(fault.at)
    begins_new_line = fault.at == line.start
    if last is not None and fault.char == ":" and not last.style:
        # A plain value that went on in this line, and was a key to its author.
        begins_new_line = last.start < fault.line_start
    if begins_new_line and line_start(fault.text, bracket) != fault.line_start:
        opening_line = fault.line(bracket)
        if fault.column(line.start) <= fault.column(opening_line.start):
            return _left_open(fault, bracket)
        return _comma_missing(fault, line)
    value = _piece_around(fault)
    if fault.char in ("{", "["):
        message = "`{` and `[` end a plain value inside { } and [ ]"
        return fault.quote("torn-value", fault.here, message, value)
    if fault.char == ":" and last is not None and not last.style:
        key = _KEY_AT_END.search(fault.text, last.start, last.end)
        if key is not None:
            at = Span(*key.span(1))
            message = f"a comma is missing before `{fault.said(at)}`"
            hint = "put a comma between the entries"
            return Trouble("torn-value", at, message, hint, (Span(at.start, at.start), ", "), value)
    if fault.char == ":":
        return fault.quote("colon-in-value", fault.here, COLON_ENDS_VALUE, value)
    return Trouble(
        "yaml-syntax",
        fault.here,
        f"a comma or `{_closing(fault, bracket)}` is expected here",
        "put a comma between the entries, and quotes around text that has brackets in it",
    )


def no_content(fault: Fault) -> Trouble:
    """A sign where a value is expected."""
    before = fault.before[-1:]
    if fault.char == "," and before in (",", "[", "{"):
        message = "an entry is missing before this comma"
        return Trouble(
            "empty-value", fault.here, message, "delete it", (fault.here, ""), fault.here, " "
        )
    is_document_mark = fault.text.startswith(("---", "..."), fault.at)
    if fault.bracket is not None and (fault.is_at_end or is_document_mark):
        return _left_open(fault, fault.bracket)
    if fault.char == "-" and fault.bracket is not None:
        message = "a list of `- ` entries cannot stand inside { } or [ ]"
        hint = "leave out the `- `, and put commas between the entries"
        return Trouble("yaml-syntax", fault.here, message, hint, mend=fault.here, mend_sign=" ")
    if fault.char == ":":
        return empty_key(fault, fault.here, "x")
    if not fault.char.strip():
        return fault.other()
    message = f"a plain value cannot begin with `{fault.char}`"
    return fault.quote("yaml-syntax", fault.here, message, fault.rest)


def colon_without_value(fault: Fault) -> Trouble:
    """A key inside brackets whose colon touches the bracket or comma after it."""
    key = Span(fault.since, fault.at)
    message = f"`{fault.said(key)}` has no value"
    hint = "write a blank and the value after the colon"
    return Trouble("empty-value", key, message, hint, mend=Span(fault.since, fault.at + 1))


def _left_open(fault: Fault, bracket: int) -> Trouble:
    last = fault.last
    if last is not None and not last.style:
        whole = cut_piece(fault.text, last)
        if whole is not None:
            message = COMMENT_CUTS_VALUE
            return fault.quote("cut-value", Span(last.end, whole.end), message, whole)
    return Trouble(
        "unclosed-bracket",
        Span(bracket, bracket + 1),
        f"the `{fault.text[bracket]}` that opens here is not closed",
        f"close it with `{_closing(fault, bracket)}`",
        mend=Span(bracket, fault.line(bracket).end),
    )


def _comma_missing(fault: Fault, line: Span) -> Trouble:
    above = fault.line_above(line.start)
    if above is None:
        return fault.other()
    end = Span(above.end - 1, above.end)
    return Trouble(
        "yaml-syntax",
        end,
        "a comma is missing at the end of this line",
        "inside { } and [ ] the entries are separated by commas, in lines of their own too",
        (Span(above.end, above.end), ","),
    )


def _closing(fault: Fault, bracket: int) -> str:
    return "]" if fault.text[bracket] == "[" else "}"


def _piece_around(fault: Fault) -> Span:
    """The value that the author meant, around the place where YAML ended it."""
    last = fault.last
    start = fault.line(fault.at).start
    if last is not None and start <= last.start <= fault.at:
        start = last.start
    piece = fault.text[start : end_of_piece(fault.text, start)].rstrip()
    return Span(start, max(start + len(piece), fault.here.end))
