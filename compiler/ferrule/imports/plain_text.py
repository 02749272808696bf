"""Texts of other formats as a spec can hold them: nothing invisible, nothing that deceives."""

from __future__ import annotations

import re
import textwrap
from functools import lru_cache

_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029\x0b\x0c]")
_BLANKS = re.compile(r"[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_REMOVED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
_MANY_LINES = re.compile(r"\n{3,}")
_LINK_TAG = re.compile(r"<a\s[^<>]*?href=[\"']([^\"'<>\s]*)[\"'][^<>]*>([^<>]*)</a>", re.IGNORECASE)
# What people write as HTML in descriptions, and the Markdown that means the same.
_TAGS = tuple(
    (re.compile(pattern, re.IGNORECASE), text)
    for pattern, text in (
        (r"</?p(?:\s[^<>]*)?>|<br ?/?>|</?(?:ul|ol|div|h[1-6])(?:\s[^<>]*)?>", "\n"),
        (r"\s*<li(?:\s[^<>]*)?>\s*", "\n- "),
        (r"</li>|</?(?:span|font)(?:\s[^<>]*)?>", ""),
        (r"</?(?:strong|b)>", "**"),
        (r"</?(?:em|i)>", "*"),
        (r"</?(?:code|tt)>", "`"),
    )
)
_MOST_ROUNDS = 8
_LONGEST_DOC = 20_000
_WIDEST = 100
_WIDTH = 90


@lru_cache(maxsize=1 << 12)
def doc_text(text: str | None) -> str | None:
    """A description with plain line breaks and blanks; None where nothing is left.

    Several lines end with a line break, as a block in a spec does.
    """
    lines = doc_lines(text)
    if len(lines) < 2:
        return lines[0] if lines else None
    return "\n".join(map(_wrapped, lines)) + "\n"


def doc_lines(text: str | None) -> list[str]:
    """The lines of a description, however long they are."""
    if not text:
        return []
    found = _BREAKS.sub("\n", text[:_LONGEST_DOC])
    if not found.isascii() or not found.isprintable():
        found = _REMOVED.sub("", _BLANKS.sub(" ", found))
    if "<" in found:
        found = _as_markdown(found)
    lines = [line.rstrip() for line in found.strip().split("\n")]
    joined = _MANY_LINES.sub("\n\n", "\n".join(lines)).strip()
    if "\n" not in joined or _is_wrapped(joined):
        return [" ".join(joined.split())] if joined else []
    return joined.split("\n")


def _as_markdown(text: str) -> str:
    """HTML as Markdown. What comes out is read again, as tags may have stood inside tags."""
    for _ in range(_MOST_ROUNDS):
        found = text
        for tag, markdown in _TAGS:
            found = tag.sub(markdown, found)
        found = _LINK_TAG.sub(r"[\2](\1)", found)
        if found == text:
            break
        text = found
    return text


def _wrapped(line: str) -> str:
    """A long line of prose in several; what may be more than prose stays as it is."""
    if len(line) <= _WIDEST or not line[0].isalnum() or "|" in line or "  " in line:
        return line
    return "\n".join(textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _is_wrapped(text: str) -> bool:
    """Whether the line breaks are only those of an editor: one paragraph without lists."""
    lines = text.split("\n")
    return all(
        line and line[0].isalnum() and not re.match(r"[0-9]+[.)]", line) for line in lines
    ) and all(len(line) > 50 for line in lines[:-1])


def one_line(text: str | None) -> str | None:
    """A description on one line."""
    found = doc_text(text)
    return " ".join(found.split()) if found else None


def is_seen(text: str) -> bool:
    """Whether every character shows, so that no escape is needed."""
    return text.isprintable()


def shown(text: str) -> str:
    """The text for a comment: what cannot be seen is escaped."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char == "\\" or char == '"' else _escaped(char) for char in text)


def quoted(text: str) -> str:
    """The text in double quotes; what cannot be seen is escaped."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    if char == "\t":
        return "\\t"
    if char.isprintable() and _REMOVED.match(char) is None:
        return char
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
