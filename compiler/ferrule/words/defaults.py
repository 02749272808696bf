"""Reads the default behind a type, ` = value`, as a value of that type."""

from __future__ import annotations

import re

from ferrule.words.ast import (
    Default,
    EnumType,
    ListType,
    MapType,
    ModelType,
    PatternType,
    RangeType,
    StreamType,
    TypeExpr,
    UnionType,
    WordType,
    members_of,
)
from ferrule.words.errors import WordError, shown
from ferrule.words.quantities import read_duration
from ferrule.words.scanner import Scanner

_NULLS = ("null", "Null", "NULL", "~")
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,19}|0o[0-7]{1,21}|0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_RUN = re.compile(r"[^ \t\r\n]+")

_KINDS = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
    "any": "any",
    "object": "none",
    "file": "none",
    "none": "none",
    "json_secret": "none",
}

_ADMITTING = {
    type(None): {"null"},
    bool: {"boolean"},
    int: {"integer", "number"},
    float: {"number"},
    str: {"text"},
}

Value = str | int | float | bool | None


def read_default(scanner: Scanner, type_: TypeExpr, *, to_end: bool) -> Default:
    """The default whose `=` stands here: text in quotes, or plain to the end or the next blank.

    Plain text is read as YAML 1.2 reads it, as far as the type admits the reading: `1.10` is text
    for a string and a number for a number.
    """
    sign = scanner.position
    scanner.position += 1
    if scanner.sees("="):
        raise scanner.fault("a default has one `=`", sign, sign + 2, "` = value`")
    scanner.skip_blanks()
    start = scanner.position
    if scanner.is_at_end:
        raise scanner.fault(
            "nothing stands behind the `=`", sign, sign + 1, "a value", 'write "" for an empty text'
        )
    quoted = scanner.read_quoted()
    end = scanner.position if quoted else _end_of_plain(scanner, to_end=to_end)
    written = scanner.text[start:end]
    scanner.position = end
    found = Default(text=written, value=written, start=start, end=end)
    members = members_of(type_)
    kinds = {_kind(each) for each in members}
    if kinds <= {"none", "null"} and written not in _NULLS:
        raise _no_default(scanner, found)
    if quoted is not None:
        value: Value = quoted.value
        if not kinds & {"text", "any"}:
            raise _wrong(scanner, found, kinds)
    else:
        value = _plain(scanner, found, members)
    _check_members(scanner, found, value, members)
    return Default(text=written, value=value, start=start, end=end)


def _end_of_plain(scanner: Scanner, *, to_end: bool) -> int:
    if to_end:
        return len(scanner.text[: scanner.end].rstrip(" \t\r\n"))
    found = _RUN.match(scanner.text, scanner.position, scanner.end)
    return found.end() if found else scanner.end


def _kind(type_: TypeExpr) -> str:
    """What the values of a type are: text, integer, number, boolean, null, any, none in a word."""
    match type_:
        case WordType():
            return _KINDS.get(type_.word, "text")
        case RangeType(word=word):
            return "text" if word == "string" else word
        case EnumType(values=values):
            return "integer" if isinstance(values[0], int) else "text"
        case PatternType():
            return "text"
        case ModelType():
            return "any"
        case ListType() | MapType() | StreamType() | UnionType():
            return "none"


def _plain(scanner: Scanner, found: Default, members: tuple[TypeExpr, ...]) -> Value:
    """The reading of plain text that the type admits."""
    written = found.text
    kinds = {_kind(each) for each in members}
    core = _core(written)
    if kinds & (_ADMITTING[type(core)] | {"any"}):
        return core
    if "text" not in kinds:
        raise _wrong(scanner, found, kinds)
    listed = any(isinstance(each, EnumType) and written in each.values for each in members)
    if core is None and not listed:
        raise scanner.fault(
            f"{shown(written)} is no value of this type",
            found.start,
            found.end,
            "text",
            f'write "{written}" for the text, or add ` | null` to the type',
        )
    return written


def _core(written: str) -> Value:
    """As YAML 1.2 reads a plain scalar; what is no finite number stays text."""
    if written in _NULLS:
        return None
    if written in _BOOLEANS:
        return _BOOLEANS[written]
    if _INTEGER.fullmatch(written):
        base = {"0o": 8, "0x": 16}.get(written[:2])
        return int(written[2:], base) if base else int(written)
    if _FLOAT.fullmatch(written):
        value = float(written)
        return value if abs(value) != float("inf") else written
    return written


def _check_members(
    scanner: Scanner, found: Default, value: Value, members: tuple[TypeExpr, ...]
) -> None:
    """Raise where the one type that is not null cannot have this value."""
    others = [each for each in members if not (isinstance(each, WordType) and each.word == "null")]
    if value is None or len(others) != 1:
        return
    only = others[0]
    if isinstance(only, EnumType) and value not in only.values:
        raise scanner.fault(
            f"{shown(found.text)} is not one of the values",
            found.start,
            found.end,
            " or ".join(shown(str(each)) for each in only.values[:8]),
            candidates=tuple(str(each) for each in only.values),
        )
    if isinstance(only, RangeType):
        _check_range(scanner, found, value, only)
    if isinstance(only, WordType):
        _check_text(scanner, found, only.word)


def _check_range(scanner: Scanner, found: Default, value: Value, type_: RangeType) -> None:
    measure = len(value) if isinstance(value, str) else value
    if not isinstance(measure, (int, float)):
        return
    if (type_.low is not None and measure < type_.low) or (
        type_.high is not None and measure > type_.high
    ):
        low = "" if type_.low is None else type_.low
        high = "" if type_.high is None else type_.high
        raise scanner.fault(
            "the default is out of the range of its type", found.start, found.end, f"{low}..{high}"
        )


def _check_text(scanner: Scanner, found: Default, word: str) -> None:
    if word == "duration" and not found.text.startswith(("'", '"', "${")):
        inner = Scanner(scanner.text, found.start, found.end)
        read_duration(inner)
        inner.expect_end("a duration")
    if word == "decimal" and not found.text.startswith("$"):
        bare = found.text.strip("\"'")
        if _DECIMAL.fullmatch(bare) is None:
            raise scanner.fault(
                f"{shown(found.text)} is not a decimal number", found.start, found.end, "12.50"
            )


def _wrong(scanner: Scanner, found: Default, kinds: set[str]) -> WordError:
    names = {
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "null": "null",
    }
    expected = " or ".join(names[each] for each in names if each in kinds)
    candidates = ("true", "false") if "boolean" in kinds else ()
    return scanner.fault(
        f"the default {shown(found.text)} is not {expected}",
        found.start,
        found.end,
        expected,
        candidates=candidates,
    )


def _no_default(scanner: Scanner, found: Default) -> WordError:
    return scanner.fault(
        "a default of this type does not fit into one word",
        found.start,
        found.end,
        advice="use the long form: {.type: …, .default: …}",
    )
