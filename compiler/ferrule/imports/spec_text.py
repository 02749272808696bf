"""Writes a spec as a person would: short things on one line, comments for doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct

from ferrule.forms.spec import METHODS
from ferrule.imports.plain_text import is_seen, quoted, shown

WIDTH = 100
_MOST_IN_FLOW = 6
_SECTIONS = frozenset(
    (
        "settings",
        "values",
        "hosts",
        "auths",
        "rate_limits",
        "pagings",
        "actions",
        "models",
        "errors",
        "headers",
    )
)
_INDICATORS = tuple("-?:,[]{}#&*!|>'\"%@` ")
_NOT_TEXT = re.compile(
    r"(?i)~|null|true|false|yes|no|on|off|y|n|=|<<|[-+]?\.(inf|nan)"
    r"|[-+]?[.0-9][0-9a-fox_.:+-]*|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*"
)
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_PLAIN_KEY = re.compile(r"[A-Za-z_$.][A-Za-z0-9_$.\-\[\]/+]*\??|[0-9]{3}")
_FLOW_KEY = re.compile(r"[A-Za-z_$.][A-Za-z0-9_$.\-]*|[0-9]{3}")
# A question mark ends a text between braces for readers of YAML 1.1.
_TORN_IN_FLOW = frozenset(",[]{}?")


class Noted(Struct, frozen=True):
    """A value with comments: lines above its key, one beside it."""

    value: Any
    above: tuple[str, ...] = ()
    beside: str = ""


def spec_text(data: dict[str, Any], heading: tuple[str, ...] = ()) -> str:
    """The whole spec. `heading` are the lines of a comment at its beginning."""
    lines = [_comment(line, 0) for line in heading]
    was_short = True
    for key, value in data.items():
        block = entry_text(key, value, 0, is_named=key in _SECTIONS)
        is_short = len(block) == 1
        if lines and not (is_short and was_short):
            lines.append("")
        lines += block
        was_short = is_short
    return "\n".join(lines) + "\n"


def comment_lines(lines: tuple[str, ...]) -> str:
    """Lines of a comment, for the beginning of a spec."""
    return "".join(f"{_comment(line, 0)}\n" for line in lines)


def entry_text(key: str, value: Any, indent: int, *, is_named: bool = False) -> list[str]:
    """The lines of one entry of a map, without a line break at their ends."""
    lines: list[str] = []
    _write_entry(lines, key, value, indent, is_named=is_named)
    return lines


def is_section(key: object) -> bool:
    """Whether a key of a spec holds things by name, which stand below each other."""
    return key in _SECTIONS


def _comment(text: str, indent: int) -> str:
    return f"{'':{indent}}# {shown(text)}".rstrip() if text else f"{'':{indent}}#"


def _write_entry(lines: list[str], key: str, value: Any, indent: int, *, is_named: bool) -> None:
    """Add the lines of an entry; one list for all of them, as entries stand in each other."""
    beside = ""
    if isinstance(value, Noted):
        lines += [_comment(line, indent) for line in value.above]
        beside = f"  # {shown(value.beside)}" if value.beside else ""
        value = value.value
    head = f"{'':{indent}}{key_text(key)}:"
    if isinstance(value, dict) and value:
        flow = None if is_named or _must_be_block(key, value) else flow_text(value)
        if flow is not None and len(head) + 1 + len(flow) <= WIDTH:
            lines.append(f"{head} {flow}{beside}")
            return
        lines.append(head + beside)
        for inner_key, inner in value.items():
            _write_entry(lines, inner_key, inner, indent + 2, is_named=False)
    elif isinstance(value, list) and value:
        flow = flow_text(value)
        if flow is not None and len(head) + 1 + len(flow) <= WIDTH:
            lines.append(f"{head} {flow}{beside}")
            return
        lines.append(head + beside)
        for item in value:
            _write_item(lines, item, indent + 2)
    elif isinstance(value, str):
        lines += _text(head, value, indent, beside)
    else:
        lines.append(f"{head} {scalar_text(value)}{beside}")


def _must_be_block(key: str, value: dict[str, Any]) -> bool:
    """Maps that read better below each other: actions, and long lists of fields."""
    plain = [each for each in value if not each.startswith(".")]
    is_action = any(method in value for method in METHODS)
    if is_action and key != "test":
        return True
    return len(value) > _MOST_IN_FLOW or (bool(plain) and any("?" in each for each in plain))


def _write_item(lines: list[str], item: Any, indent: int) -> None:
    if isinstance(item, Noted):
        lines += [_comment(line, indent) for line in item.above]
        item = item.value
    if isinstance(item, dict) and item:
        flow = flow_text(item)
        if flow is not None and indent + 2 + len(flow) <= WIDTH:
            lines.append(f"{'':{indent}}- {flow}")
            return
        first = len(lines)
        for key, inner in item.items():
            _write_entry(lines, key, inner, indent + 2, is_named=False)
        lines[first] = f"{'':{indent}}- {lines[first].lstrip()}"
    elif isinstance(item, list) and item:
        flow = flow_text(item)
        lines.append(f"{'':{indent}}- {flow if flow is not None else '[]'}")
    else:
        lines.append(f"{'':{indent}}- {scalar_text(item)}")


# --- texts


def _text(head: str, value: str, indent: int, beside: str) -> Iterator[str]:
    """A text on one line; a long one folded, one of several lines as it stands."""
    if "\n" in value and _fits_literal(value):
        yield f"{head} |{'' if value.endswith(chr(10)) else '-'}{beside}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{'':{indent + 2}}{line}" if line else ""
        return
    written = scalar_text(value)
    if len(head) + 1 + len(written) <= WIDTH or "\n" in value:
        yield f"{head} {written}{beside}"
    elif " | " in value and written == value:
        yield from _folded_alternatives(head, value, indent, beside)
    elif _fits_folded(value):
        yield f"{head} >-{beside}"
        yield from _wrapped(value, indent + 2)
    else:
        yield f"{head} {written}{beside}"


def _folded_alternatives(head: str, value: str, indent: int, beside: str) -> Iterator[str]:
    """`enum(a | b | …)` over several lines, broken before a `|`."""
    line = f"{head} "
    for number, part in enumerate(value.split(" | ")):
        piece = part if number == 0 else f"| {part}"
        glue = "" if number == 0 else " "
        if number and len(line) + len(glue) + len(piece) > WIDTH:
            yield line
            line, glue = f"{'':{indent + 2}}", ""
        line += glue + piece
    yield line + beside


def _fits_folded(value: str) -> bool:
    return is_seen(value) and value == " ".join(value.split()) and " " in value


def _wrapped(value: str, indent: int) -> Iterator[str]:
    """The words of a text in lines of the usual width."""
    line = ""
    for word in value.split(" "):
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            yield f"{'':{indent}}{line}"
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield f"{'':{indent}}{line}"


def _fits_literal(value: str) -> bool:
    lines = value.split("\n")
    return (
        bool(lines[0])
        and not value.endswith("\n\n")
        and all(line == line.rstrip() and is_seen(line) for line in lines)
        and not lines[0].startswith(" ")
        and not any(line.startswith("\t") for line in lines)
    )


# --- scalars, and what stands on one line


def key_text(key: str) -> str:
    """A key as it stands in a block."""
    if _PLAIN_KEY.fullmatch(key):
        return key
    return quoted(key)


def scalar_text(value: Any, *, in_flow: bool = False) -> str:
    """A single value, in quotes where it would be read as something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict | list):
        return "{}" if isinstance(value, dict) else "[]"
    text = str(value)
    return text if _is_plain(text, in_flow) else quoted(text)


@lru_cache(maxsize=1 << 14)
def _is_plain(text: str, in_flow: bool) -> bool:
    return text.isascii() and is_plain(text) and not (in_flow and _TORN_IN_FLOW & set(text))


def is_plain(text: str) -> bool:
    """Whether every reader of YAML takes what stands in a block without quotes for this text."""
    return (
        bool(text)
        and text.isprintable()
        and text == text.strip()
        and not text.startswith(_INDICATORS)
        and not text.endswith(":")
        and ": " not in text
        and " #" not in text
        and (_NOT_TEXT.fullmatch(text) is None or _VERSION.fullmatch(text) is not None)
    )


def flow_text(value: Any, depth: int = 0) -> str | None:
    """A value on one line, None where that is too much or would not be read alike everywhere."""
    if isinstance(value, Noted):
        return None
    if isinstance(value, dict):
        if depth > 2 or not value:
            return "{}" if not value else None
        parts = []
        for key, inner in value.items():
            text = flow_text(inner, depth + 1)
            if text is None or _FLOW_KEY.fullmatch(key) is None:
                if text is None or not _may_be_quoted_key(key):
                    return None
                parts.append(f"{quoted(key)}: {text}")
                continue
            parts.append(f"{key}: {text}")
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list):
        found = [flow_text(each, depth + 1) for each in value]
        return None if None in found else f"[{', '.join(map(str, found))}]"
    if isinstance(value, str) and not _fits_flow(value):
        return None
    return scalar_text(value, in_flow=True)


def _may_be_quoted_key(key: str) -> bool:
    return key.isascii() and key.isprintable() and not key.endswith("?") and '"' not in key


def _fits_flow(text: str) -> bool:
    return (
        "\n" not in text
        and len(text) <= WIDTH
        and text.count("(") == text.count(")")
        and '"' not in text
        and text.count("'") % 2 == 0
    )
