"""Reads what stands in parentheses behind a type: `enum(a | b)`, `integer(1..25)`, `bytes(hex)`."""

from __future__ import annotations

import re
from typing import Literal, cast

from ferrule.words.ast import EnumType, PatternType, RangeType, TypeExpr, WordType
from ferrule.words.errors import shown
from ferrule.words.patterns import expect_pattern
from ferrule.words.scanner import Quoted, Scanner

FORMATS: dict[str, tuple[str, ...]] = {
    "datetime": ("iso8601", "epoch", "epoch_ms", "rfc2822"),
    "duration": ("seconds", "ms", "iso8601"),
    "integer": ("text",),
    "number": ("text", "nan"),
    "boolean": ("text",),
    "decimal": ("text",),
    "bytes": ("base64", "base64url", "hex"),
}
"""What may stand in parentheses behind a word to say how its values are written; a closed table."""

PATTERNED = ("datetime", "date", "time")
"""The words that also take a format in quotes: `datetime("%d/%m/%Y")`."""

DIRECTIVES = "aAbBdfHIjmMpSyYzZ%"
"""What may follow a `%` in such a format: what reads and writes alike on every platform."""

_UNQUOTED = re.compile(r"[^\s|(),\"'“”„‘’«»][^\s|(),]*")


def read_enum(scanner: Scanner, start: int, *, is_closed: bool) -> EnumType:
    """The enum that starts at `start`; its `(` stands here."""
    opening = scanner.position
    scanner.position += 1
    values: dict[str, None] = {}
    while True:
        scanner.skip_blanks()
        at = scanner.position
        value = _read_value(scanner, opening, is_first=not values)
        if value in values:
            raise scanner.fault(
                f"{shown(value)} stands twice", at, scanner.position, "another value"
            )
        values[value] = None
        scanner.skip_blanks()
        if not scanner.take("|"):
            break
    _close_values(scanner, opening)
    return EnumType(values=tuple(values), is_closed=is_closed, start=start, end=scanner.position)


def _read_value(scanner: Scanner, opening: int, *, is_first: bool) -> str:
    quoted = scanner.read_quoted()
    if quoted is not None:
        return quoted.value
    found = scanner.match(_UNQUOTED)
    if found is not None:
        return found.group()
    if is_first and scanner.sees(")"):
        raise scanner.fault("an enum needs at least one value", opening, scanner.position + 1)
    raise scanner.unexpected("a value", "put quotes around a value with unusual characters")


def _close_values(scanner: Scanner, opening: int) -> None:
    at = scanner.position
    if scanner.sees(","):
        raise scanner.fault("values are separated by ` | `, not by a comma", at, at + 1, "` | `")
    if not scanner.is_at_end and scanner.peek() not in ")(":
        start, end = scanner.run_here()
        raise scanner.fault(
            f"{shown(scanner.text[start:end])} cannot stand behind a value",
            start,
            end,
            "` | ` or `)`",
            "put quotes around a value with blanks",
        )
    scanner.close(opening)


# --- ranges, regular expressions, formats


def read_refined(scanner: Scanner, word: str, start: int) -> TypeExpr:
    """A word whose parenthesis narrows it or says how its values are written."""
    opening = scanner.position
    scanner.position += 1
    scanner.skip_blanks()
    at = scanner.position
    if scanner.sees("~"):
        return _read_pattern_type(scanner, word, start, opening)
    quoted = scanner.read_quoted()
    if quoted is not None:
        return _read_patterned(scanner, word, quoted, start, opening)
    if scanner.peek() and scanner.peek() in "0123456789.-":
        return _read_numbers(scanner, word, start, opening)
    name = scanner.peek_name()
    if name in FORMATS.get(word, ()):
        scanner.position += len(name)
        _close_one(scanner, opening)
        return WordType(word=word, format=name, start=start, end=scanner.position)
    if not name:
        if scanner.sees(")"):
            raise scanner.fault(
                "nothing stands in the parentheses", opening, at + 1, _forms_of(word)
            )
        raise scanner.unexpected(_forms_of(word))
    _, end = scanner.run_here()
    raise scanner.fault(
        f"{shown(scanner.text[at:end])} is not a form of {word}",
        at,
        end,
        _forms_of(word),
        "text values are an enum: enum(a | b)" if word == "string" else None,
        FORMATS.get(word, ()),
    )


def _forms_of(word: str) -> str:
    """What may stand in the parentheses behind a word."""
    forms = {
        "string": ["1..80", '~"regex"'],
        "integer": ["1..25", "1 | 2"],
        "number": ["0..1"],
    }.get(word, [])
    if word in PATTERNED:
        forms.append('"%d/%m/%Y"')
    forms += FORMATS.get(word, ())
    return " or ".join(f"{word}({form})" for form in forms)


def _close_one(scanner: Scanner, opening: int) -> None:
    scanner.skip_blanks()
    if scanner.sees("|") or scanner.sees(","):
        at = scanner.position
        raise scanner.fault(
            "only one thing stands in these parentheses",
            at,
            at + 1,
            "`)`",
            "the long form of a field takes more: {.type: …, .min_length: …, .pattern: …}",
        )
    scanner.close(opening)


def _read_pattern_type(scanner: Scanner, word: str, start: int, opening: int) -> PatternType:
    at = scanner.position
    if word != "string":
        raise scanner.fault(
            "only a string has a regular expression", at, at + 1, _forms_of(word), 'string(~"…")'
        )
    scanner.position += 1
    pattern = expect_pattern(scanner)
    _close_one(scanner, opening)
    return PatternType(pattern=pattern, start=start, end=scanner.position)


def _read_patterned(
    scanner: Scanner, word: str, quoted: Quoted, start: int, opening: int
) -> WordType:
    if word not in PATTERNED:
        advice = None
        if word == "string":
            advice = 'values stand in enum("a" | "b"), a regular expression behind `~`'
        raise scanner.fault(
            f"text in quotes is not a form of {word}",
            quoted.start,
            quoted.end,
            _forms_of(word),
            advice,
        )
    position, has_directive = 0, False
    while (position := quoted.value.find("%", position)) >= 0:
        directive = quoted.value[position + 1 : position + 2]
        if not directive or directive not in DIRECTIVES:
            raise scanner.fault(
                f"{shown('%' + directive)} is not a part of a date",
                quoted.offset_of(position),
                quoted.offset_of(position + 1 + len(directive)),
                "one of " + " ".join("%" + each for each in DIRECTIVES),
            )
        has_directive = has_directive or directive != "%"
        position += 2
    if not has_directive:
        raise scanner.fault(
            "the format holds no part of a date",
            quoted.start,
            quoted.end,
            '"%d/%m/%Y"',
            (
                f"{word}({quoted.value}) has no quotes"
                if quoted.value in FORMATS.get(word, ())
                else None
            ),
        )
    _close_one(scanner, opening)
    return WordType(word=word, format=quoted.value, start=start, end=scanner.position)


def _read_numbers(scanner: Scanner, word: str, start: int, opening: int) -> TypeExpr:
    """`1..80`, `1..`, `..80`, or the values `1 | 2` of an integer."""
    at = scanner.position
    if word not in ("string", "integer", "number"):
        _, end = scanner.run_here()
        raise scanner.fault(f"`{word}` has no range", at, end, _forms_of(word))
    low = _read_bound(scanner, word)
    behind = scanner.position
    scanner.skip_blanks()
    if not scanner.take(".."):
        if low is None:
            raise scanner.unexpected(_forms_of(word))
        _expect_integer(scanner, word, low, (at, behind))
        return _read_integers(scanner, int(low), start, opening)
    scanner.skip_blanks()
    high = _read_bound(scanner, word)
    if low is None and high is None:
        raise scanner.fault("a range has at least one bound", at, scanner.position, _forms_of(word))
    if low is not None and high is not None and low > high:
        raise scanner.fault(
            "the range goes backwards", at, scanner.position, "the lower bound first"
        )
    _close_one(scanner, opening)
    kind = cast("Literal['string', 'integer', 'number']", word)
    return RangeType(word=kind, low=low, high=high, start=start, end=scanner.position)


def _read_bound(scanner: Scanner, word: str) -> int | float | None:
    at = scanner.position
    bound = scanner.read_number()
    if bound is None:
        return None
    if word != "number" and not isinstance(bound, int):
        raise scanner.fault("the bound is a whole number", at, scanner.position)
    if word == "string" and bound < 0:
        raise scanner.fault("a length is not negative", at, scanner.position)
    return bound


def _expect_integer(scanner: Scanner, word: str, value: float, span: tuple[int, int]) -> None:
    """Raise unless a single value may stand in the parentheses of this word."""
    if word == "integer":
        return
    helps = {
        "string": "a length is a range: string(5..5); values are an enum: enum(a | b)",
        "number": "values that are no integers stand in the long form: .enum: [0.5, 1.5]",
    }
    raise scanner.fault(f"`{value}` is not a form of {word}", *span, _forms_of(word), helps[word])


def _read_integers(scanner: Scanner, first: int, start: int, opening: int) -> EnumType:
    values = {first: None}
    while scanner.take("|"):
        scanner.skip_blanks()
        at = scanner.position
        value = scanner.read_number()
        if not isinstance(value, int):
            scanner.position = at
            raise scanner.unexpected("a whole number")
        if value in values:
            raise scanner.fault(f"`{value}` stands twice", at, scanner.position, "another value")
        values[value] = None
        scanner.skip_blanks()
    _close_values(scanner, opening)
    return EnumType(values=tuple(values), start=start, end=scanner.position)
