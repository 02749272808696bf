"""Explains what is wrong with keys, values and entries in block style."""

from __future__ import annotations

import re

from ferrule.diagnostics.wording import with_fix
from ferrule.forms.source import Span
from ferrule.passes.parse.fault import (
    COLON_ENDS_VALUE,
    COMPLEX_KEY,
    EMPTY_KEY,
    EMPTY_KEY_HELP,
    Fault,
    Trouble,
    end_of_piece,
    quoted_before,
    value_of_line,
)
from ferrule.passes.parse.torn import quoted

_ODD_SPACE_AFTER_COLON = re.compile("[:\uff1a]([\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+)")
_KEY_WITHOUT_BLANK = re.compile(r"([A-Za-z_.][\w.\-]*\??):([^\s/].*)")
_KEY_WITH_EQUALS = re.compile(r"([A-Za-z_.][\w.\-]*\??)[ \t]*=[ \t]*(.+)")
_FULL_WIDTH_COLON = "\uff1a"


def colon(fault: Fault) -> Trouble:
    """A `: ` where no key can stand."""
    value = value_of_line(fault.text, fault.at)
    if value is not None and value.start <= fault.at < value.end:
        return fault.quote("colon-in-value", fault.here, COLON_ENDS_VALUE, value)
    above = fault.line_above(fault.at)
    line = fault.line(fault.at)
    for place in (above, line):
        if place is not None and (found := _odd_colon(fault, place)):
            return found
    if above is None:
        return fault.other()
    if value_of_line(fault.text, above.start) is None:
        return _not_a_key(fault, above)
    key = Span(line.start, max(line.start + 1, fault.at))
    return Trouble(
        "indentation",
        key,
        f"`{fault.said(key)}` is indented under a key that already has a value",
        "indent it like the keys around it, or take away the value of the line above",
        mend=line,
        mend_sign="#",
    )


def no_colon(fault: Fault) -> Trouble:
    """A line that had to be a key has no colon."""
    return _not_a_key(fault, fault.line(fault.since))


def _not_a_key(fault: Fault, line: Span) -> Trouble:
    """A line of a map that is no entry."""
    if found := _odd_colon(fault, line):
        return found
    text = fault.text[line.start : line.end]
    message = f"`{fault.said(line)}` is not a key with a value"
    for pattern, what in (
        (_KEY_WITHOUT_BLANK, "a blank belongs after the colon"),
        (_KEY_WITH_EQUALS, "a colon stands between key and value"),
    ):
        if key := pattern.fullmatch(text):
            better = f"{key[1]}: {key[2]}"
            fix = (line, better)
            return Trouble("yaml-syntax", line, message, with_fix(what, better), fix, line, "#")
    hint = "write `key: value`; a text that goes on in a second line is indented under its key"
    return Trouble("yaml-syntax", line, message, hint, mend=line, mend_sign="#")


def _odd_colon(fault: Fault, line: Span) -> Trouble | None:
    """A colon, or a blank after it, that only looks like one."""
    if found := _ODD_SPACE_AFTER_COLON.search(fault.text, line.start, line.end):
        span = Span(*found.span(1))
        message = f"U+{ord(found[1][0]):04X} after the colon is not the blank that YAML knows"
        fix = (span, " " * len(found[1]))
        return Trouble("non-breaking-space", span, message, "write a plain space", fix, line, "#")
    at = fault.text.find(_FULL_WIDTH_COLON, line.start, line.end)
    if at >= 0:
        span = Span(at, at + 1)
        message = f"`{_FULL_WIDTH_COLON}` is full-width and is not the colon that YAML knows"
        return Trouble("full-width-character", span, message, "write `: `", (span, ": "), line, "#")
    return None


def entry_mark(fault: Fault) -> Trouble:
    """A `- ` in the line of a key."""
    return Trouble(
        "yaml-syntax",
        fault.here,
        "an entry of a list cannot begin in the line of its key",
        "begin the list in the next line, or quote the value if it is text",
        mend=fault.rest,
    )


def key_mark(fault: Fault) -> Trouble:
    """A `? ` where no key can stand."""
    message = COMPLEX_KEY
    return fault.quote("complex-key", fault.here, message, fault.rest)


def no_key(fault: Fault) -> Trouble:
    """Something in a block map that is not one of its keys."""
    if fault.before:
        return after_value(fault)
    line = fault.line(fault.at)
    if fault.char == ":":
        return empty_key(fault, line, "#")
    return _indentation(fault, line)


def empty_key(fault: Fault, mend: Span, mend_sign: str) -> Trouble:
    """A colon with nothing before it."""
    return Trouble(
        "empty-key",
        fault.here,
        EMPTY_KEY,
        EMPTY_KEY_HELP,
        mend=mend,
        mend_sign=mend_sign,
    )


def no_entry(fault: Fault) -> Trouble:
    """Something in a block list that is not one of its entries."""
    if fault.before:
        return after_value(fault)
    line = fault.line(fault.at)
    return Trouble(
        "indentation",
        line,
        f"`{fault.said(line)}` stands where an entry of a list is expected",
        "begin it with `- `, or indent it like the lines it belongs with",
        mend=line,
        mend_sign="#",
    )


def after_value(fault: Fault) -> Trouble:
    """Text in the line of a value that is complete."""
    before = fault.before
    if before.endswith(("'", '"')):
        return after_quote(fault)
    rest = fault.rest
    if fault.char in ("}", "]") and before.endswith(("}", "]")):
        message = f"there is one `{fault.char}` too many"
        fix = (fault.here, "")
        return Trouble("yaml-syntax", fault.here, message, "delete it", fix, rest, " ")
    message = f"`{before[-1]}` ends the value, and `{fault.said(rest)}` follows"
    value = value_of_line(fault.text, fault.at)
    is_inside = value is not None and value.start <= fault.at < value.end
    if value is None or not is_inside or _closes_more(fault.text[value.start : fault.at]):
        hint = "delete it, or quote the whole text"
        return Trouble("yaml-syntax", rest, message, hint, mend=rest)
    return fault.quote("yaml-syntax", rest, message, value)


def after_quote(fault: Fault) -> Trouble:
    """Text in the line of a quote that closes."""
    last = fault.last
    is_quoted = last is not None and last.style in ("'", '"')
    if last is not None and is_quoted and last.start < fault.line_start < last.end:
        # It closes where the author meant to open another one.
        return quote_left_open(fault, last.start)
    closed = quoted_before(fault.text, fault.at)
    if closed is None:
        return fault.other()
    end = end_of_piece(fault.text, fault.at)
    raw = fault.text[closed.start : end].rstrip()
    whole = Span(closed.start, closed.start + len(raw))
    message = "the quote before this closes the value, and more follows"
    if whole == closed:  # a bracket or a comma that nothing belongs to
        fix = (fault.here, "")
        return Trouble("text-after-quote", fault.here, message, "delete it", fix, fault.here, " ")
    inner = raw[1:-1] if raw[-1] == raw[0] else raw
    better = quoted(inner)
    return Trouble(
        "text-after-quote",
        fault.here,
        message,
        with_fix("quote the whole value", better),
        (whole, better),
        whole,
    )


def _indentation(fault: Fault, line: Span) -> Trouble:
    column = fault.column(line.start)
    around = sorted(_columns_above(fault, column))
    is_entry = fault.text.startswith(("- ", "-\n", "-\r"), line.start)
    what = "this entry of a list" if is_entry else "this line"
    if column in around:
        message = f"{what} stands where a key of the map is expected"
        hint = "indent it under the key that it belongs to"
    else:
        columns = " or ".join(str(found + 1) for found in around)
        where = f"; the lines around it begin in column {columns}" if around else ""
        message = f"{what} begins in column {column + 1}{where}"
        hint = "indent it exactly like the lines it belongs with"
    return Trouble("indentation", line, message, hint, mend=line, mend_sign="#")


def _columns_above(fault: Fault, column: int) -> set[int]:
    """The columns of the nearest lines above that are not to the right of one below them."""
    found: list[int] = []
    at = fault.at
    while (above := fault.line_above(at)) is not None:
        begin = fault.column(above.start)
        if not found or begin < found[-1]:
            found.append(begin)
        if begin <= column or len(found) > 5:
            break
        at = above.start
    return set(found)


def tab(fault: Fault) -> Trouble:
    """A tab where the line is indented."""
    line = fault.line(fault.at)
    tab = fault.text.find("\t", fault.line_start, max(line.end, fault.at + 1))
    start = tab if tab >= 0 else fault.at
    end = start + 1
    while fault.text.startswith("\t", end):
        end += 1
    return Trouble(
        "tab-indentation",
        Span(start, min(end, len(fault.text))),
        "a tab stands where YAML needs spaces",
        "indent with spaces, two for each level",
        mend=Span(fault.line_start, max(line.end, end)),
        mend_sign="#",
    )


def quote_left_open(fault: Fault, start: int) -> Trouble:
    """The quote at `start`, which should be closed in its line."""
    before = fault.text[fault.line(start).start : start]
    is_in_brackets = sum(map(before.count, "{[")) > sum(map(before.count, "}]"))
    end = end_of_piece(fault.text, start) if is_in_brackets else fault.line(start).end
    quote = fault.text[start]
    inner = "`''`" if quote == "'" else '`\\"`'
    return Trouble(
        "unclosed-quote",
        Span(start, start + 1),
        "the quote that opens here is not closed where its text ends",
        f"close it; to show the quote {quote} inside, write {inner}",
        mend=Span(start, max(end, start + 1)),
    )


def _closes_more(text: str) -> bool:
    """Whether a bracket is closed that was opened before the text begins."""
    return sum(map(text.count, "}]")) > sum(map(text.count, "{["))
