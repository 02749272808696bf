"""Writes single values as YAML that every reader takes for what it is."""

from __future__ import annotations

import json
import re

_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@` ")
_NOT_TEXT = re.compile(
    r"(?i)~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(inf|nan)"
    r"|[-+]?[.0-9][0-9a-fox_.:+-]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"
)
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")


def scalar(value: str | float | bool | None) -> str:
    """A value on one line: text as it stands if that is safe in a block, else in double quotes."""
    if not isinstance(value, str):
        return json.dumps(value)
    return value if _is_plain(value) else quoted(value)


def quoted(text: str) -> str:
    """Text in double quotes; what cannot be seen is escaped."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _is_plain(text: str) -> bool:
    return (
        text.isprintable()
        and text == text.strip()
        and not text.startswith(_INDICATORS)
        and not text.endswith(":")
        and ": " not in text
        and " #" not in text
        and bool(text)
        and (_NOT_TEXT.fullmatch(text) is None or _VERSION.fullmatch(text) is not None)
    )


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    if char == "\n":
        return "\\n"
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
