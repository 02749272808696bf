"""Makes text fit to be shown: nothing that steers a terminal, and columns that line up."""

from __future__ import annotations

import unicodedata

_TAB_WIDTH = 4
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def visible(text: str) -> str:
    """The text on one line, with everything that is not seen spelled out: `<U+001B>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_NAMED.get(char) or visible_char(char) for char in text)


def visible_char(char: str) -> str:
    """One character of a shown line. A tab is as many blanks as most editors give it."""
    if char == "\t":
        return " " * _TAB_WIDTH
    # All kinds of controls and separators, private and unassigned characters, lone surrogates.
    return char if char.isprintable() else f"<U+{ord(char):04X}>"


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
