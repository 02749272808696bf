"""Reads types (`list(string) | null`, `Ticket`) and parameters (`integer(1..25) = 20`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, cast

from ferrule.words.ast import (
    ListType,
    MapType,
    ModelType,
    Param,
    StreamType,
    TypeExpr,
    UnionType,
    WordType,
)
from ferrule.words.defaults import read_default
from ferrule.words.errors import WordError, shown
from ferrule.words.refinements import FORMATS, PATTERNED, read_enum, read_refined
from ferrule.words.scanner import Scanner
from ferrule.words.templates import read_template

WORDS = (
    "string",
    "integer",
    "number",
    "boolean",
    "datetime",
    "date",
    "time",
    "duration",
    "uuid",
    "url",
    "email",
    "decimal",
    "bytes",
    "any",
    "object",
    "file",
    "null",
    "text",
    "none",
    "secret",
    "json_secret",
)
"""The built-in types that stand alone."""

CONTAINERS = ("list", "map", "pairs", "lines", "events", "csv", "xml", "gzip", "zip")
"""The words that hold a type: `list(T)`."""

ALL_WORDS = (*WORDS, *CONTAINERS, "enum", "enum!")

_MEANT = {
    "str": "string", "txt": "string", "varchar": "string", "char": "string", "int": "integer",
    "int32": "integer", "int64": "integer", "long": "integer", "float": "number",
    "double": "number", "bool": "boolean", "array": "list(T)", "dict": "map(T)",
    "dictionary": "map(T)", "set": "list(T)", "nil": "null", "binary": "bytes", "blob": "bytes",
    "uri": "url", "guid": "uuid", "timestamp": "datetime", "epoch": "datetime(epoch)",
    "unix": "datetime(epoch)", "unixtime": "datetime(epoch)", "password": "secret",
    "ndjson": "lines(T)", "jsonl": "lines(T)", "stream": "lines(T)",
    "sse": "events(T)", "const": "= text", "true": "boolean",
    "false": "boolean", "undefined": "null", "void": "none",
    "optional": "T, and `?` behind the name", "nullable": "T | null",
}  # fmt: skip

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*!?")
_LAST_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?=\s*\Z)")
# What stands between brackets; of a key and a value the value.
_HELD = re.compile(r"[\[<](?:[^\[\]<>(),]*,)?\s*([A-Za-z_][A-Za-z0-9_]*)\s*[\]>]")
_PLACE = re.compile(r"(?:header|cookie|link)\.")
_TYPE_FORM = "a type"


def parse_type(text: str) -> TypeExpr:
    """A type: `string`, `Ticket`, `list(T)`, `map(T)`, `enum(a | b)`, `A | B`, `T | null`, …"""
    return _type(text)


def parse_param(text: str) -> Param:
    """A declared parameter: a type with an optional ` = default`, or a constant `= text`."""
    return _param(text)


@lru_cache(maxsize=8192)
def _type(text: str) -> TypeExpr:
    scanner = Scanner(text)
    scanner.skip_blanks()
    if scanner.sees("="):
        at = scanner.position
        raise scanner.fault("a constant cannot stand here", at, at + 1, _TYPE_FORM)
    found = read_type(scanner)
    scanner.skip_blanks()
    if scanner.sees("="):
        raise scanner.fault(
            "a default cannot stand here", scanner.position, scanner.end, "the end of the type"
        )
    expect_end_of_type(scanner)
    return found


@lru_cache(maxsize=8192)
def _param(text: str) -> Param:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start, end = scanner.position, len(text.rstrip(" \t\r\n"))
    if scanner.take("="):
        scanner.skip_blanks()
        behind = min(scanner.position, max(end, start + 1))
        constant = read_template(text[: max(end, behind)], behind)
        return Param(type=None, constant=constant, start=start, end=max(end, behind))
    found = read_type(scanner)
    scanner.skip_blanks()
    default = None
    if scanner.sees("="):
        default = read_default(scanner, found, to_end=True)
    expect_end_of_type(scanner)
    return Param(
        type=found, default=default, start=start, end=default.end if default else found.end
    )


def read_type(scanner: Scanner) -> TypeExpr:
    """The type that starts here, with all its alternatives."""
    scanner.skip_blanks()
    members = [_read_alternative(scanner)]
    behind = scanner.position
    while True:
        scanner.skip_blanks()
        if not scanner.take("|"):
            break
        scanner.skip_blanks()
        members.append(_read_alternative(scanner))
        behind = scanner.position
    scanner.position = behind
    if len(members) == 1:
        return members[0]
    return UnionType(members=tuple(members), start=members[0].start, end=behind)


def expect_end_of_type(scanner: Scanner) -> None:
    """Raise unless nothing but blanks is left behind a type."""
    scanner.skip_blanks()
    at = scanner.position
    if scanner.sees("?"):
        raise scanner.fault(
            "a type has no `?`",
            at,
            at + 1,
            advice="`name?` may be left out, `T | null` may be null",
        )
    if scanner.sees("[]"):
        held = _LAST_WORD.search(scanner.text, 0, at)
        advice = f"write list({held.group() if held else 'T'})"
        raise scanner.fault("a list is not written with brackets", at, at + 2, "list(T)", advice)
    if scanner.sees("[") or scanner.sees("<"):
        advice = _in_parentheses(scanner.text, at)
        raise scanner.fault("what a type holds stands in parentheses", at, at + 1, "`(`", advice)
    if scanner.peek_name() == "or":
        raise scanner.fault(
            "`or` cannot stand in a type",
            at,
            at + 2,
            advice="alternatives are separated by ` | `",
        )
    scanner.expect_end(_TYPE_FORM)


def _in_parentheses(text: str, at: int) -> str:
    """How a type is written that other languages write with the bracket at this place."""
    outer, held = _LAST_WORD.search(text, 0, at), _HELD.match(text, at)
    word = outer.group().lower() if outer else ""
    if word == "optional":
        return "`name?` may be left out, `T | null` may be null"
    inner = "T" if held is None else held[1]
    kind = "map" if word in ("dict", "map", "mapping", "record") else "list"
    return f"write {kind}({inner})"


# --- one alternative


def _read_alternative(scanner: Scanner) -> TypeExpr:
    start = scanner.position
    found = scanner.match(_WORD)
    if found is None:
        raise _no_type(scanner)
    word = found.group()
    if scanner.sees("("):
        with scanner.nested(start):
            return _read_with_arguments(scanner, word, start)
    if word in WORDS:
        return WordType(word=word, start=start, end=scanner.position)
    if "A" <= word[0] <= "Z" and word[-1] != "!":
        _expect_end_of_name(scanner, start)
        return ModelType(name=word, start=start, end=scanner.position)
    raise _no_word(scanner, word, start)


def _no_type(scanner: Scanner) -> WordError:
    if scanner.sees("("):
        at = scanner.position
        return scanner.fault(
            "types are not put in parentheses", at, at + 1, _TYPE_FORM, "write `A | B` alone"
        )
    if scanner.sees("?"):
        return scanner.unexpected(_TYPE_FORM, "`?` stands behind the name: `name?: string`")
    if scanner.sees("$."):
        return scanner.unexpected(_TYPE_FORM, "a place stands behind its type: `any at $.x`")
    if scanner.peek() in ("'", '"'):
        return scanner.unexpected(_TYPE_FORM, "values stand in enum(a | b), a constant is `= text`")
    if scanner.peek().isdigit():
        return scanner.unexpected(_TYPE_FORM, "a constant is written `= text`")
    return scanner.unexpected(_TYPE_FORM)


def _expect_end_of_name(scanner: Scanner, start: int) -> None:
    char = scanner.peek()
    if char in (".", "-", "/", ":") or (char and not char.isascii() and not char.isspace()):
        _, end = scanner.run_here()
        raise scanner.fault(
            f"{shown(scanner.text[start:end])} is not the name of a model",
            start,
            end,
            "a capital letter, then letters, digits and `_`",
        )


def _no_word(scanner: Scanner, word: str, start: int) -> WordError:
    end = start + len(word)
    if word in CONTAINERS:
        holds = "values" if word in ("map", "pairs") else "items"
        at, sign = scanner.position, scanner.peek()
        if sign in ("[", "<"):
            return scanner.fault(
                "what a type holds stands in parentheses", at, at + 1, "`(`", f"write {word}(T)"
            )
        return scanner.fault(
            f"`{word}` needs the type of its {holds}",
            start,
            end,
            f"{word}(T)",
            f"write {word}(any)",
        )
    if word in ("enum", "enum!"):
        return scanner.fault(
            f"`{word}` needs its values", start, end, f"{word}(a | b)", f"write {word}(a | b)"
        )
    if word == "slashes":
        return scanner.fault(
            "`slashes` is for a parameter in a path", start, end, _TYPE_FORM, "{name:slashes}"
        )
    _, run_end = scanner.run_here(" \t\r\n|(),=?[]<>{}")
    if not scanner.is_at_end and scanner.peek() not in " \t\r\n|(),=?[]<>{}":
        end = run_end
    written = scanner.text[start:end]
    meant = _MEANT.get(written.lower())
    advice, candidates = f"write {meant}" if meant else None, ALL_WORDS
    if _PLACE.match(written):
        advice = f"a place stands behind its type: {shown(f'string at {written}')}"
    elif "/" in written:
        advice = f"a constant is written {shown(f'= {written}')}"
    return scanner.fault(
        f"{shown(written)} is not a type", start, end, _TYPE_FORM, advice, candidates
    )


def _read_with_arguments(scanner: Scanner, word: str, start: int) -> TypeExpr:
    """A word and the parenthesis behind it."""
    if word in ("enum", "enum!"):
        return read_enum(scanner, start, is_closed=word == "enum!")
    if word in CONTAINERS:
        return _read_container(scanner, word, start)
    if word == "string" or word in FORMATS or word in PATTERNED:
        return read_refined(scanner, word, start)
    if word in WORDS or "A" <= word[0] <= "Z":
        at = scanner.position
        raise scanner.fault(f"`{word}` takes nothing in parentheses", at, at + 1, "`|` or the end")
    raise _no_word(scanner, word, start)


def _read_container(scanner: Scanner, word: str, start: int) -> TypeExpr:
    opening = scanner.position
    scanner.position += 1
    scanner.skip_blanks()
    if scanner.sees(")"):
        raise scanner.fault(f"`{word}` needs a type", opening, opening + 2, f"{word}(T)")
    inner = read_type(scanner)
    scanner.skip_blanks()
    if scanner.sees(","):
        at = scanner.position
        held = _HELD.match(f"[{scanner.text[at + 1 :].partition(')')[0]}]")
        of = held[1] if held else "integer"
        advice = f"the keys of a map are text: {word}({of})" if word in ("map", "pairs") else None
        raise scanner.fault(
            f"`{word}` takes one type",
            at,
            at + 1,
            "`)`",
            advice or "alternatives are separated by ` | `",
        )
    scanner.close(opening)
    end = scanner.position
    if word == "list":
        return ListType(item=inner, start=start, end=end)
    if word in ("map", "pairs"):
        return MapType(value=inner, keeps_repeats=word == "pairs", start=start, end=end)
    kind = cast("Literal['lines', 'events', 'csv', 'xml', 'gzip', 'zip']", word)
    return StreamType(kind=kind, item=inner, start=start, end=end)
