"""Explains what is wrong with quotes, escapes, blocks of text and signs that begin a value."""

from __future__ import annotations

import re

from ferrule.diagnostics.wording import said, with_fix
from ferrule.forms.scalar_map import HEX_DIGITS
from ferrule.forms.source import Span
from ferrule.passes.parse.block_syntax import after_value, quote_left_open, tab
from ferrule.passes.parse.fault import (
    DIRECTIVE,
    SECOND_DOCUMENT,
    Fault,
    Trouble,
    end_of_piece,
    quoted_before,
)

_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_ALTERNATIVE = re.compile(r"\"[\w .-]+\"|'[\w .-]+'")
_ALTERNATIVES = re.compile(rf"(?:{_ALTERNATIVE.pattern})(?:\s*\|\s*(?:{_ALTERNATIVE.pattern}))+\s*")
_SIGILS = {"&": ("anchor", "an anchor"), "*": ("alias", "an alias"), "!": ("tag", "a tag")}


def unclosed_quote(fault: Fault) -> Trouble:
    """The text or the document ends inside quotes."""
    return quote_left_open(fault, fault.since)


def unknown_escape(fault: Fault) -> Trouble:
    """A backslash before a character that it gives no meaning."""
    said = fault.text[fault.at : fault.at + 2]
    span = Span(fault.at, fault.at + len(said))
    return Trouble(
        "bad-escape",
        span,
        f"`{said}` is not an escape that YAML knows",
        f"write `\\{said}` for a backslash, or use single quotes, where it stands for itself",
        (span, "\\" + said),
        span,
    )


def bad_digits(fault: Fault) -> Trouble:
    """A numeric escape that is too short, or stands for no character."""
    start = fault.text.rfind("\\", 0, fault.at)
    if pair := _SURROGATES.match(fault.text, start):
        high, low = int(pair[1], 16), int(pair[2], 16)
        char = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        span = Span(*pair.span())
        return Trouble(
            "bad-escape",
            span,
            f"`{pair[0]}` is how JSON spells a character; YAML has no surrogate pairs",
            f"write the character `{char}` itself, or `\\U{ord(char):08X}`",
            (span, char),
            span,
        )
    size = HEX_DIGITS.get(fault.text[start + 1 : start + 2], 0)
    digits = fault.text[start + 2 : start + 2 + size]
    if re.fullmatch(r"[0-9a-fA-F]+", digits) and len(digits) == size:
        span = Span(start, start + 2 + size)
        message = f"`{fault.said(span)}` stands for no character"
        return Trouble("bad-escape", span, message, "write the character itself", mend=span)
    span = Span(start, start + 2)
    said = fault.said(span)
    message = f"`{said}` needs {size} hexadecimal digits after it"
    hint = f"write them, or `\\{said}` for a backslash"
    return Trouble("bad-escape", span, message, hint, mend=span)


def no_token(fault: Fault) -> Trouble:
    """A character that begins nothing in YAML."""
    if fault.char == "\t":
        return tab(fault)
    if fault.char in ("|", ">"):
        return bar(fault)
    value = Span(fault.at, end_of_piece(fault.text, fault.at))
    message = f"a plain value cannot begin with `{fault.char}`"
    return fault.quote("yaml-syntax", fault.here, message, value)


def bar(fault: Fault) -> Trouble:
    """A `|` or `>` that begins no block of text."""
    sign = fault.text[fault.since : fault.since + 1]
    if sign == "%":
        return directive(fault)
    mark = fault.since if sign in ("|", ">") else fault.at
    here = Span(mark, mark + 1)
    line = fault.line(mark)
    end = max(end_of_piece(fault.text, mark), mark + 1)
    before = fault.text[line.start : mark].rstrip()
    bracket = before.rfind("[")
    if before.endswith("]") and bracket >= 0:
        items = before[bracket + 1 : -1].strip()
        better = f"list({items}) {fault.text[mark:end].strip()}"
        message = f"`{fault.text[mark]}` after `]` begins a block of text for YAML"
        whole = Span(line.start + bracket, end)
        hint = f"write `{said(better)}`"
        return Trouble("yaml-syntax", here, message, hint, (whole, better), whole)
    closed = quoted_before(fault.text, mark)
    if closed is not None and _ALTERNATIVES.fullmatch(fault.text, closed.start, end):
        # `"a" | "b"`: values of an enum, quoted as other languages have them.
        whole = Span(closed.start, end)
        values = (
            found[0][1:-1] for found in _ALTERNATIVE.finditer(fault.text, whole.start, whole.end)
        )
        better = f"enum({' | '.join(values)})"
        message = "text in quotes is a whole value, and more follows"
        return Trouble(
            "text-after-quote", here, message, with_fix("write", better), (whole, better), whole
        )
    message = f"`{fault.text[mark]}` begins a block of text, which starts in the next line"
    return fault.quote("yaml-syntax", here, message, Span(mark, end))


def zero_indent(fault: Fault) -> Trouble:
    """A block of text that says it is indented by nothing."""
    message = "a block of text is indented by 1 to 9 blanks, not by 0"
    sign = fault.text[fault.since]
    span = Span(fault.since, fault.here.end)
    return Trouble("yaml-syntax", span, message, f"write `{sign}` alone", (span, sign))


def sigil(fault: Fault) -> Trouble:
    """A plain value that begins with the sign of an anchor, an alias or a tag."""
    sign = fault.text[fault.since : fault.since + 1]
    if sign == "%":
        return directive(fault)
    rule, what = _SIGILS.get(sign, _SIGILS["!"])
    end = max(end_of_piece(fault.text, fault.since), fault.since + 1)
    message = f"`{sign}` begins {what} of YAML, which a spec does not use"
    here = Span(fault.since, fault.since + 1)
    return fault.quote(rule, here, message, Span(fault.since, end))


def directive(fault: Fault) -> Trouble:
    """A line that begins with `%`."""
    line = fault.line(fault.at if fault.char == "%" else fault.since)
    return Trouble(
        "yaml-directive",
        line,
        DIRECTIVE,
        "delete the line: a spec is always YAML 1.2; quote the text if it is one",
        mend=line,
        mend_sign="#",
    )


def second_document(fault: Fault) -> Trouble:
    """Text after the end of the document."""
    if fault.before:
        return after_value(fault)
    above = fault.line_above(fault.at)
    if above is None or fault.text.startswith("...", above.start):
        message = SECOND_DOCUMENT
        hint = "put it into a file of its own, or delete the `...` before it"
        return Trouble("second-document", fault.rest, message, hint)
    sign = fault.text[above.end - 1]
    message = f"the document ended with `{sign}` in the line above, and more follows"
    hint = "put it inside the brackets, or write the whole file without them"
    return Trouble("yaml-syntax", fault.rest, message, hint)
