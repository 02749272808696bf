"""Explains, in the words of the language, where and why a text is not YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from yaml import YAMLError

from ferrule.forms.source import Span
from ferrule.forms.tree import Place
from ferrule.passes.parse.torn import end_of_line, quoted

_ODD_SPACE_AFTER_COLON = re.compile("[:\uff1a]([\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+)")
_FULL_WIDTH_COLON = re.compile("\uff1a")
_KEY_WITHOUT_BLANK = re.compile(r"([A-Za-z_.][\w.\-]*\??):([^\s/].*)")
_KEY_WITH_EQUALS = re.compile(r"([A-Za-z_.][\w.\-]*\??)[ \t]*=[ \t]*(.+)")
_QUOTED = re.compile(r"\"(?:[^\"\\\r\n]|\\.)*\"|'(?:[^'\r\n]|'')*'")
_ENTRY_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_NOT_ESCAPED_QUOTE = (
    "to show a quote inside, write `''` in single quotes and `\\\"` in double quotes"
)
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
# How far the end of a torn value is looked for.
_LOOK_AHEAD = 2000


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a text is not YAML. `mend` is a stretch to be put `mend_sign` over to read on."""

    rule: str
    span: Span
    message: str
    help: str | None = None
    fix: tuple[Span, str] | None = None
    mend: Span | None = None
    mend_sign: str = "x"


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where the YAML reader stopped (`at`), what it was in since (`since`), the scalar before."""

    text: str
    at: int
    since: int
    last: Place | None

    @property
    def line_start(self) -> int:
        return line_start(self.text, self.at)

    @property
    def line_end(self) -> int:
        return end_of_line(self.text, self.at)

    @property
    def is_at_end(self) -> bool:
        return not self.text[self.at :].strip()

    @property
    def char(self) -> str:
        return self.text[self.at : self.at + 1]

    def line(self, at: int) -> Span:
        """The text of the line that `at` is in, without its indentation."""
        start = line_start(self.text, at)
        end = end_of_line(self.text, start)
        return Span(min(end, start + len(self._lead(start, end))), end)

    def _lead(self, start: int, end: int) -> str:
        found = re.compile(r"[ \t]*").match(self.text, start, end)
        return found[0] if found else ""

    def said(self, span: Span, longest: int = 40) -> str:
        """A stretch of the text for a message."""
        words = self.text[span.start : span.end]
        return words if len(words) <= longest else words[: longest - 1] + "…"

    @property
    def line_before(self) -> Span | None:
        """The nearest line before this one that has text which is not a comment."""
        start = self.line_start
        for _ in range(100):
            if start == 0:
                return None
            end = start - 1
            if self.text[end] == "\n" and end and self.text[end - 1] == "\r":
                end -= 1
            start = line_start(self.text, end)
            found = self.line(start)
            if found.start < found.end and self.text[found.start] != "#":
                return found
        return None


def explain(text: str, error: YAMLError, last: Place | None) -> Trouble:
    """What is wrong where the reader gave up. `last` is the scalar that it read before."""
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or ""
    at = min(mark.index if mark else 0, len(text))
    fault = _Fault(text, at, min(context.index if context else at, len(text)), last)
    for start, explanation in _EXPLANATIONS:
        if problem.startswith(start):
            return explanation(fault)
    return _other(fault)


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
    colon = re.compile(r":[ \t]+").search(text, key.end() if key else key_start, end)
    if colon is None:
        return None
    comment = re.compile(r"[ \t]+#").search(text, colon.end(), end)
    value_end = comment.start() if comment else end
    return Span(colon.end(), value_end) if colon.end() < value_end else None


def _other(fault: _Fault) -> Trouble:
    line = fault.line(fault.at)
    return Trouble(
        "yaml-syntax",
        Span(fault.at, max(fault.at, line.end)),
        "the text cannot be read as YAML from here on",
        "look for a quote, a bracket or a colon that is missing; quote what is meant as text",
    )


def _quote_value(fault: _Fault, rule: str, span: Span, message: str, value: Span) -> Trouble:
    text = quoted(fault.text[value.start : value.end])
    return Trouble(rule, span, message, f"quote the value: `{text}`", (value, text), value)


def _colon(fault: _Fault) -> Trouble:
    """A `: ` where no key can stand."""
    value = value_of_line(fault.text, fault.at)
    here = Span(fault.at, fault.at + 1)
    if value is not None and value.start <= fault.at < value.end:
        message = "a plain value ends at `: `, so that a key would stand inside a value"
        return _quote_value(fault, "colon-in-value", here, message, value)
    before = fault.line_before
    line = fault.line(fault.at)
    for place in (before, line):
        if place is not None and (found := _odd_colon(fault, place)):
            return found
    key = Span(line.start, max(line.start + 1, fault.at))
    if before is None:
        return _other(fault)
    if value_of_line(fault.text, before.start) is not None:
        return Trouble(
            "indentation",
            key,
            f"`{fault.said(key)}` is indented under a key that already has a value",
            "indent it like the keys around it, or take away the value of the line before",
            mend=line,
            mend_sign="#",
        )
    return _no_colon(fault, before)


def _no_colon(fault: _Fault, line: Span) -> Trouble:
    """A line of a map that is no entry."""
    text = fault.text[line.start : line.end]
    mended = {"mend": line, "mend_sign": "#"}
    if found := _odd_colon(fault, line):
        return found
    message = f"`{fault.said(line)}` is not a key with a value"
    for pattern, what in (
        (_KEY_WITHOUT_BLANK, "a blank belongs after the colon"),
        (_KEY_WITH_EQUALS, "a colon stands between key and value"),
    ):
        if found_key := pattern.fullmatch(text):
            better = f"{found_key[1]}: {found_key[2]}"
            return Trouble(
                "yaml-syntax",
                line,
                message,
                f"{what}: `{better}`",
                (line, better),
                line,
                "#",
            )
    return Trouble(
        "yaml-syntax",
        line,
        message,
        "write `key: value`; a text that goes on in a second line is indented under its key",
        mend=line,
        mend_sign="#",
    )


def _odd_colon(fault: _Fault, line: Span) -> Trouble | None:
    if found := _ODD_SPACE_AFTER_COLON.search(fault.text, line.start, line.end):
        return Trouble(
            "non-breaking-space",
            Span(*found.span(1)),
            f"U+{ord(found[1][0]):04X} after the colon is not the blank that YAML knows",
            "write a plain space",
            (Span(*found.span(1)), " " * len(found[1])),
            line,
            "#",
        )
    if found := _FULL_WIDTH_COLON.search(fault.text, line.start, line.end):
        span = Span(*found.span())
        return Trouble(
            "full-width-character",
            span,
            "`：` is full-width and is not the colon that YAML knows",
            "write `: `",
            (span, ": "),
            line,
            "#",
        )
    return None


def _simple_key(fault: _Fault) -> Trouble:
    """A line that had to be a key has no colon."""
    return _no_colon(fault, fault.line(fault.since))


def _entry_mark(fault: _Fault) -> Trouble:
    line = fault.line(fault.at)
    value = Span(fault.at, line.end)
    trouble = _quote_value(
        fault,
        "yaml-syntax",
        Span(fault.at, fault.at + 1),
        "an entry of a list cannot begin in the line of its key",
        value,
    )
    return Trouble(
        trouble.rule,
        trouble.span,
        trouble.message,
        "begin the list in the next line, or quote the value if it is text",
        mend=value,
    )


def _key_mark(fault: _Fault) -> Trouble:
    message = "`? ` begins a complex key, which a spec does not use"
    value = Span(fault.at, fault.line(fault.at).end)
    return _quote_value(fault, "complex-key", Span(fault.at, fault.at + 1), message, value)


def _no_token(fault: _Fault) -> Trouble:
    """A character that begins nothing."""
    if fault.char == "\t":
        return _tab(fault)
    if fault.char in "|>":
        return _bar(fault)
    end = _end_of_piece(fault.text, fault.at, fault.line(fault.at).end)
    if fault.char == "%" and fault.at == fault.line_start:
        end = fault.line_end
    message = f"a plain value cannot begin with `{fault.char}`"
    return _quote_value(
        fault, "yaml-syntax", Span(fault.at, fault.at + 1), message, Span(fault.at, end)
    )


def _tab(fault: _Fault) -> Trouble:
    tab = fault.text.find("\t", fault.line_start, fault.line_end + 1)
    start = tab if tab >= 0 else fault.at
    end = start
    while fault.text[end : end + 1] == "\t":
        end += 1
    line = fault.line(fault.at)
    return Trouble(
        "tab-indentation",
        Span(start, max(end, start + 1)),
        "a tab stands where YAML needs spaces",
        "indent with spaces, two for each level",
        mend=Span(fault.line_start, line.end),
        mend_sign="#",
    )


def _bar(fault: _Fault) -> Trouble:
    """A `|` or `>` that begins no block of text."""
    if fault.text[fault.since : fault.since + 1] == "%":
        return _directive(fault)
    mark = fault.since if fault.text[fault.since : fault.since + 1] in ("|", ">") else fault.at
    span = Span(mark, mark + 1)
    line = fault.line(mark)
    before = fault.text[line.start : mark].rstrip()
    value = value_of_line(fault.text, mark)
    if before.endswith("]"):
        start = fault.text.rfind("[", line.start, mark)
        items = fault.text[start + 1 : line.start + len(before) - 1].strip()
        rest = fault.text[mark : _end_of_piece(fault.text, mark, line.end)].strip()
        whole = Span(max(start, line.start), _end_of_piece(fault.text, mark, line.end))
        better = f"list({items}) {rest}"
        return Trouble(
            "yaml-syntax",
            span,
            "`|` after `]` begins a block of text for YAML",
            f"write `{better}`",
            (whole, better),
            whole,
        )
    end = _end_of_piece(fault.text, mark, line.end)
    message = f"`{fault.text[mark]}` begins a block of text, which starts in the next line"
    if value is None or not value.start <= mark < value.end:
        value = Span(mark, end)
    return _quote_value(fault, "yaml-syntax", span, message, Span(mark, max(end, mark + 1)))


def _end_of_piece(text: str, start: int, line_end: int) -> int:
    """Where a value inside `{ }` or `[ ]` ends that was meant to go on: brackets inside match."""
    depth = 0
    for at in range(start, min(line_end, start + _LOOK_AHEAD)):
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


def _unclosed_quote(fault: _Fault) -> Trouble:
    return _quote_left_open(fault, fault.since)


def _quote_left_open(fault: _Fault, start: int) -> Trouble:
    end = fault.line(start).end
    return Trouble(
        "unclosed-quote",
        Span(start, start + 1),
        "the quote that opens here is not closed",
        f"close it at the end of the text; {_NOT_ESCAPED_QUOTE}",
        mend=Span(start, end),
    )


def _unknown_escape(fault: _Fault) -> Trouble:
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


def _escape_digits(fault: _Fault) -> Trouble:
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
    digits = {"x": 2, "u": 4, "U": 8}.get(fault.text[start + 1 : start + 2], 0)
    span = Span(start, start + 2)
    taken = fault.text[start + 2 : start + 2 + digits]
    if len(taken) == digits and re.fullmatch(r"[0-9a-fA-F]+", taken):
        span = Span(start, start + 2 + digits)
        message = f"`{fault.said(span)}` stands for no character"
        return Trouble("bad-escape", span, message, "write the character itself", None, span)
    said = fault.said(span)
    return Trouble(
        "bad-escape",
        span,
        f"`{said}` needs {digits} hexadecimal digits after it",
        f"write them, or `\\{said}` for a backslash",
        mend=span,
    )


def _block_key(fault: _Fault) -> Trouble:
    """Something in a block map that is not one of its keys."""
    line = fault.line(fault.at)
    before = fault.text[line.start : fault.at].rstrip()
    if before.endswith(("'", '"')):
        return _after_quote(fault)
    if before:
        return _after_value(fault, before)
    if fault.char == ":":
        return Trouble(
            "empty-key",
            Span(fault.at, fault.at + 1),
            "a key is missing before this colon",
            "write the key, or quote the whole text if the colon is part of a value",
            mend=line,
            mend_sign="#",
        )
    return _indentation(fault, line)


def _after_quote(fault: _Fault) -> Trouble:
    last = fault.last
    if last is not None and last.style in ("'", '"'):
        if line_start(fault.text, last.span.start) != fault.line_start:
            return _quote_left_open(fault, last.span.start)
        end = _end_of_piece(fault.text, fault.at, fault.line(fault.at).end)
        raw = fault.text[last.span.start : end].rstrip()
        whole = Span(last.span.start, last.span.start + len(raw))
        inner = raw[1:-1] if raw[-1:] == raw[:1] else ""
        better = quoted(inner or raw)
        return Trouble(
            "text-after-quote",
            Span(fault.at, fault.at + 1),
            "the quote before this closes the value, and more follows",
            f"quote the whole value: `{better}`",
            (whole, better),
            whole,
        )
    return _other(fault)


def _after_value(fault: _Fault, before: str) -> Trouble:
    rest = Span(fault.at, fault.line(fault.at).end)
    message = f"`{fault.said(rest)}` follows a value that is complete"
    value = value_of_line(fault.text, fault.at)
    if value is None or not value.start <= fault.at < value.end:
        return Trouble(
            "yaml-syntax", rest, message, "delete it, or quote the whole text", mend=rest
        )
    if before.endswith(("}", "]")):
        message = f"`{before[-1]}` ends the value, and `{fault.said(rest)}` follows"
    return _quote_value(fault, "yaml-syntax", rest, message, value)


def _indentation(fault: _Fault, line: Span) -> Trouble:
    column = line.start - fault.line_start
    around = sorted({*_columns_above(fault, column)})
    named = " or ".join(str(found + 1) for found in around)
    where = f"; the lines around it begin in column {named}" if around else ""
    is_entry = fault.text.startswith(("- ", "-\n"), line.start)
    what = "this entry of a list" if is_entry else "this line"
    if column in around:
        message = f"{what} stands where a key of the map is expected"
        help = "indent it under the key that it belongs to"
    else:
        message = f"{what} begins in column {column + 1}{where}"
        help = "indent it exactly like the lines it belongs with"
    return Trouble("indentation", line, message, help, mend=line, mend_sign="#")


def _columns_above(fault: _Fault, column: int) -> list[int]:
    """The columns that the lines above begin in, from the nearest outwards, until the margin."""
    found: list[int] = []
    limit = 1_000_000
    above = fault
    for _ in range(200):
        before = above.line_before
        if before is None:
            break
        begin = before.start - line_start(fault.text, before.start)
        if begin < limit:
            found.append(begin)
            limit = begin
        if begin == 0 or begin < column and len(found) > 1:
            break
        above = _Fault(fault.text, before.start, before.start, None)
    return found


def _list_entry(fault: _Fault) -> Trouble:
    line = fault.line(fault.at)
    before = fault.text[line.start : fault.at].rstrip()
    if before.endswith(("'", '"')):
        return _after_quote(fault)
    if before:
        return _after_value(fault, before)
    return Trouble(
        "indentation",
        line,
        f"`{fault.said(line)}` stands where an entry of a list is expected",
        "begin it with `- `, or indent it like the lines it belongs with",
        mend=line,
        mend_sign="#",
    )


def _flow(fault: _Fault) -> Trouble:
    """Something between the entries of `{ }` or `[ ]` that is no comma."""
    opening = fault.text[fault.since : fault.since + 1]
    line = fault.line(fault.at)
    before = fault.text[line.start : fault.at].rstrip()
    is_same_line = line_start(fault.text, fault.since) == fault.line_start
    if fault.is_at_end or not is_same_line and _looks_like_key(fault, line):
        end = fault.line(fault.since).end
        return Trouble(
            "unclosed-bracket",
            Span(fault.since, fault.since + 1),
            f"the `{opening}` that opens here is not closed",
            f"close it with `{_closing(opening)}`",
            mend=Span(fault.since, end),
        )
    if before.endswith(("'", '"')) and fault.last is not None and fault.last.style:
        return _after_quote(fault)
    value = _piece_around(fault, line)
    if fault.char in ("{", "["):
        message = "`{` and `[` end a plain value inside { } and [ ]"
        return _quote_value(fault, "torn-value", Span(fault.at, fault.at + 1), message, value)
    if fault.char == ":":
        message = "a plain value ends at `: `, so that a key would stand inside a value"
        return _quote_value(fault, "colon-in-value", Span(fault.at, fault.at + 1), message, value)
    return Trouble(
        "yaml-syntax",
        Span(fault.at, fault.at + 1),
        f"a comma or `{_closing(opening)}` is expected here",
        "put a comma between the entries, and quotes around text that has brackets in it",
    )


def _looks_like_key(fault: _Fault, line: Span) -> bool:
    text = fault.text[line.start : line.end]
    return bool(re.match(r"[\w.\-]+\??:(\s|\Z)|- ", text))


def _closing(opening: str) -> str:
    return "]" if opening == "[" else "}"


def _piece_around(fault: _Fault, line: Span) -> Span:
    """The value that the author meant, around the place where YAML ended it."""
    last = fault.last
    start = line.start
    if last is not None and line.start <= last.span.start <= fault.at:
        start = last.span.start
    end = _end_of_piece(fault.text, start, line.end)
    text = fault.text[start:end].rstrip()
    return Span(start, max(start + len(text), fault.at + 1))


def _no_content(fault: _Fault) -> Trouble:
    """A sign where a value is expected."""
    span = Span(fault.at, fault.at + 1)
    before = fault.text[fault.line(fault.at).start : fault.at].rstrip()[-1:]
    is_between_commas = fault.char == "," and before in (",", "[", "{")
    if is_between_commas or fault.char in "]}" and before == ",":
        return Trouble(
            "empty-value", span, "an entry is missing here", "delete the comma", mend=None
        )
    if fault.is_at_end or fault.text.startswith(("---", "..."), fault.at):
        return _flow(fault)
    if fault.char == "-":
        message = "a list of `- ` entries cannot stand inside { } or [ ]"
        help = "leave out the `- `, and put commas between the entries"
        return Trouble("yaml-syntax", span, message, help)
    end = max(fault.at + 1, fault.line(fault.at).end)
    message = f"a plain value cannot begin with `{fault.char}`"
    return _quote_value(fault, "yaml-syntax", span, message, Span(fault.at, end))


def _flow_colon(fault: _Fault) -> Trouble:
    name = fault.said(Span(fault.since, fault.at))
    return Trouble(
        "empty-value",
        Span(fault.since, fault.at),
        f"`{name}` has no value",
        "write a blank and the value after the colon",
        mend=Span(fault.since, fault.at + 1),
    )


def _sigil(fault: _Fault) -> Trouble:
    """A plain value that begins with the sign of an anchor, an alias or a tag."""
    sign = fault.text[fault.since : fault.since + 1]
    rule, what = {"&": ("anchor", "an anchor"), "*": ("alias", "an alias")}.get(
        sign, ("tag", "a tag")
    )
    end = _end_of_piece(fault.text, fault.since, fault.line(fault.since).end)
    message = f"`{sign}` begins {what} of YAML, which a spec does not use"
    value = Span(fault.since, max(end, fault.since + 1))
    return _quote_value(fault, rule, Span(fault.since, fault.since + 1), message, value)


def _directive(fault: _Fault) -> Trouble:
    line = fault.line(fault.at if fault.char == "%" else fault.since)
    return Trouble(
        "yaml-directive",
        line,
        "a YAML directive stands here",
        "delete the line: a spec is always YAML 1.2; quote the text if it is one",
        mend=line,
        mend_sign="#",
    )


def _document_start(fault: _Fault) -> Trouble:
    line = fault.line(fault.at)
    return Trouble(
        "second-document",
        line,
        "a second document begins here",
        "put it into a file of its own, or delete the `...` before it",
    )


def _block_indicator(fault: _Fault) -> Trouble:
    span = Span(fault.since, fault.at + 1)
    message = "a block of text is indented by 1 to 9 blanks, not by 0"
    return Trouble("yaml-syntax", span, message, "write `|` alone", mend=None)


_EXPLANATIONS: tuple[tuple[str, Callable[[_Fault], Trouble]], ...] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _simple_key),
    ("block sequence entries are not allowed", _entry_mark),
    ("mapping keys are not allowed", _key_mark),
    ("found character that cannot start any token", _no_token),
    ("found a tab character", _tab),
    ("found unexpected end of stream", _unclosed_quote),
    ("found unexpected document indicator", _unclosed_quote),
    ("found unknown escape character", _unknown_escape),
    ("found invalid Unicode character escape code", _escape_digits),
    ("did not find expected hexdecimal number", _escape_digits),
    ("did not find expected key", _block_key),
    ("did not find expected '-' indicator", _list_entry),
    ("did not find expected ',' or", _flow),
    ("did not find expected node content", _no_content),
    ("found unexpected ':'", _flow_colon),
    ("found an indentation indicator equal to 0", _block_indicator),
    ("did not find expected comment or line break", _bar),
    ("did not find expected <document start>", _document_start),
    ("found unknown directive name", _directive),
    ("found incompatible YAML document", _directive),
    ("found duplicate %", _directive),
    ("did not find expected version number", _directive),
    ("did not find expected digit", _directive),
    ("found extremely long version number", _directive),
    ("could not find expected directive name", _directive),
    ("found unexpected non-alphabetical character", _directive),
    ("did not find expected alphabetic or numeric character", _sigil),
    ("found undefined tag handle", _sigil),
    ("did not find expected whitespace", _sigil),
    ("did not find the expected '>'", _sigil),
    ("did not find expected tag URI", _sigil),
    ("did not find expected '!'", _sigil),
)
