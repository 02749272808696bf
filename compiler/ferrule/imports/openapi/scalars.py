"""Single values: formats, ranges, enums and constants of a schema as words of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ferrule import naming
from ferrule.imports.openapi.nodes import Node, clean
from ferrule.imports.openapi.types import (
    ANY,
    NULL,
    TEXT,
    Const,
    Enum,
    Scalar,
    Type,
    Word,
    nullable,
    one_of,
)
from ferrule.words import WordError, parse_pattern

_TEXT_FORMATS = {
    "date-time": "datetime",
    "datetime": "datetime",
    "date_time": "datetime",
    "timestamp": "datetime",
    "iso-8601": "datetime",
    "date-time-rfc1123": "datetime(rfc2822)",
    "http-date": "datetime(rfc2822)",
    "date": "date",
    "full-date": "date",
    "time": "time",
    "partial-time": "time",
    "duration": "duration(iso8601)",
    "uuid": "uuid",
    "guid": "uuid",
    "uri": "url",
    "url": "url",
    "email": "email",
    "idn-email": "email",
    "byte": "bytes",
    "base64": "bytes",
    "base64url": "bytes(base64url)",
    "decimal": "decimal",
    "int64": "integer(text)",
    "uint64": "integer(text)",
    "int32": "integer(text)",
    "double": "number(text)",
    "float": "number(text)",
}
_NUMBER_FORMATS = {
    "unix-time": "datetime(epoch)",
    "unixtime": "datetime(epoch)",
    "unix_timestamp": "datetime(epoch)",
    "unix-timestamp": "datetime(epoch)",
    "timestamp-ms": "datetime(epoch_ms)",
    "unix-time-ms": "datetime(epoch_ms)",
}
# What is written where JSON Schema has another word, or another spelling.
KINDS = {
    "string": "string",
    "str": "string",
    "text": "string",
    "char": "string",
    "uuid": "string",
    "date": "string",
    "date-time": "string",
    "datetime": "string",
    "password": "string",
    "integer": "integer",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "long": "integer",
    "number": "number",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "boolean": "boolean",
    "bool": "boolean",
    "array": "array",
    "list": "array",
    "object": "object",
    "map": "object",
    "dict": "object",
    "null": "null",
    "file": "file",
    "any": "any",
}
_EXTREMES = frozenset(
    sign * 2**bits + step
    for bits in (15, 16, 31, 32, 53, 62, 63, 64)
    for sign in (1, -1)
    for step in (-1, 0, 1)
)
_LONGEST_BOUND = 1000
"""A text may be longer than what anybody would count: such a bound says nothing to a reader."""
_MOST_DIGITS = 15
_NUMBER = re.compile(r"-?[0-9]{1,19}(\.[0-9]{1,19})?")


def scalar_type(kind: str, node: Node) -> Type:
    """The word for a single value: its format, else its range."""
    form = (node.text("format") or "").strip().lower() if node.has("format") else ""
    if kind == "string":
        if form in _TEXT_FORMATS:
            return Word(_TEXT_FORMATS[form])
        return Word(f"string{_lengths(node)}")
    if kind in ("integer", "number"):
        if form in _NUMBER_FORMATS:
            return Word(_NUMBER_FORMATS[form])
        if kind == "number" and form in ("int32", "int64", "integer"):
            kind = "integer"
        return Word(f"{kind}{_range(kind, node)}")
    return Word(kind)


def _lengths(node: Node) -> str:
    low = high = None
    if node.has("minLength") or node.has("maxLength"):
        low, high = node.number("minLength"), node.number("maxLength")
    if isinstance(low, float) or isinstance(high, float):
        return ""
    low = None if low is not None and low <= 0 else low
    high = None if high is not None and not 0 <= high < _LONGEST_BOUND else high
    return _bounds(low, high)


def _range(kind: str, node: Node) -> str:
    low, high = _bound(node, "minimum", "exclusiveMinimum", kind, 1), None
    high = _bound(node, "maximum", "exclusiveMaximum", kind, -1)
    return _bounds(low, high)


def _bound(node: Node, key: str, exclusive: str, kind: str, step: int) -> int | float | None:
    """One end of a range; an end that does not belong to it is moved where numbers are whole."""
    if not (node.has(key) or node.has(exclusive)):
        return None
    is_open = node.value.get(exclusive)
    found = node.number(key) if node.has(key) else None
    if isinstance(is_open, int | float) and not isinstance(is_open, bool):
        found, is_open = node.number(exclusive), True
    if found is None or found in _EXTREMES or len(str(abs(found))) > _MOST_DIGITS:
        return None
    if kind == "integer":
        if isinstance(found, float):
            return None
        return found + step if is_open is True else found
    if is_open is True or "e" in str(found):
        node.counted("{count} bounds that do not belong to their range are not carried over")
        return None
    return found


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if low is not None and high is not None and low > high:
        return ""
    return f"({'' if low is None else low}..{'' if high is None else high})"


def pattern_of(node: Node) -> str | None:
    """The regular expression of a text, where it is one that Python reads alike and fast."""
    if not node.has("pattern"):
        return None
    pattern = node.text("pattern")
    if not pattern or pattern in (".*", "^.*$"):
        return None
    try:
        return parse_pattern(pattern)
    except WordError:
        node.counted("{count} patterns are not carried over: other engines read them differently")
        return None


# --- enums and constants ---


def constant_of(node: Node) -> tuple[Scalar] | None:
    """The value of `const`, in a tuple; None where there is none or it is a list or map."""
    if not node.has("const"):
        return None
    value = node.value["const"]
    if isinstance(value, dict | list):
        node.counted("{count} constants that are lists or maps are not carried over")
        return None
    return (clean(value) if isinstance(value, str) else value,)


def enum_type(node: Node, kinds: tuple[str, ...]) -> Type | None:
    """The type of an `enum`; None where it says nothing that the rest does not."""
    written = node.value.get("enum")
    if not isinstance(written, list):
        node.degraded("`enum` is a list of values", "it is left out")
        return None
    values: dict[tuple[type, Scalar], Scalar] = {}
    for value in written:
        if isinstance(value, dict | list):
            node.counted("{count} values of enums that are lists or maps are left out")
            continue
        plain = _as_kind(clean(value) if isinstance(value, str) else value, kinds)
        values.setdefault((type(plain), plain), plain)
    if not values:
        if not written:
            node.tell("import-degraded", "the enum has no values: any value is taken")
        return None
    has_null = (type(None), None) in values
    plain_values = tuple(each for each in values.values() if each is not None)
    if not plain_values:
        return NULL
    if all(isinstance(each, bool) for each in plain_values):
        found: Type = Const(plain_values[0]) if len(plain_values) == 1 else Word("boolean")
    elif len(plain_values) == 1:
        found = Const(plain_values[0])
    elif set(kinds) == {"number"} and any(isinstance(each, float) for each in plain_values):
        found = Enum(plain_values)
    else:
        found = Enum(plain_values, _names(node, plain_values))
    return nullable(found) if has_null else found


def _as_kind(value: Scalar, kinds: tuple[str, ...]) -> Scalar:
    """A value as its type says: YAML and people write numbers for texts, and texts for numbers."""
    if kinds == ("string",) and isinstance(value, bool | int | float):
        if isinstance(value, bool):
            return "true" if value else "false"
        return repr(value)
    if kinds in (("integer",), ("number",)) and isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return value
    if kinds == ("boolean",) and isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _names(node: Node, values: tuple[Scalar, ...]) -> tuple[str, ...]:
    """The document's names of values that do not speak for themselves."""
    if all(isinstance(each, str) for each in values):
        return ()
    names: list[str] = []
    for key in ("x-enum-varnames", "x-enumNames", "x-enum-names"):
        if node.has(key):
            names = node.texts(key)
            break
    described = node.child("x-ms-enum")
    if not names and described is not None and described.is_map:
        for each in described.entries("values"):
            names += [each.text("name") or ""] if each.is_map else []
    if len(names) != len(values) or not all(map(_is_constant, names)):
        return ()
    constants = {naming.constant(name) for name in names}
    return tuple(names) if len(constants) == len(names) else ()


def _is_constant(name: str) -> bool:
    return name.isascii() and name[:1].isalpha() and bool(naming.constant(name))


def enum_word(values: Iterable[Scalar]) -> str | None:
    """`enum(a | b)` or `integer(1 | 2)`; None where the values do not fit into one word."""
    given = list(values)
    if all(isinstance(each, str) for each in given):
        return f"enum({' | '.join(map(enum_value, map(str, given)))})"
    if all(isinstance(each, int) and not isinstance(each, bool) for each in given):
        fits = all(len(str(abs(int(each or 0)))) <= _MOST_DIGITS for each in given)
        return f"integer({' | '.join(map(str, given))})" if fits else None
    return None


_STOPS = set(" \t\r\n|(),\"'“”„‘’«»")


def enum_value(text: str) -> str:
    """A value as it stands in an enum."""
    if text and not _STOPS & set(text) and text.isprintable():
        return text
    quote = "'" if '"' in text and "'" not in text else '"'
    return quote + text.replace(quote, quote * 2) + quote


def const_word(value: Scalar) -> Type:
    """The type of a constant where a constant cannot stand: an open enum, or the kind of value."""
    if isinstance(value, bool):
        return Word("boolean")
    if isinstance(value, str):
        return Enum((value,))
    if isinstance(value, int) and len(str(abs(value))) <= _MOST_DIGITS:
        return Enum((value,))
    return NULL if value is None else Word("number")


def merged(members: Iterable[Type]) -> Type:
    """The union of alternatives, said shortly: what another member covers is left out."""
    found = list(members)
    texts = [each for each in found if isinstance(each, Enum) and _is_of_text(each)]
    if len(texts) > 1:
        values = dict.fromkeys(value for each in texts for value in each.values)
        at = found.index(texts[0])
        found = [each for each in found if each not in texts]
        found.insert(at, Enum(tuple(values)))
        texts = [each for each in found if isinstance(each, Enum) and _is_of_text(each)]
    if TEXT in found:
        covered = {Word("uuid"), Word("url"), Word("email")}
        # An enum is open: any text is a value of it.
        found = [each for each in found if each not in covered and not (texts and each == TEXT)]
    if Word("number") in found:
        found = [each for each in found if each != Word("integer")]
    return one_of(*found) if found else ANY


def _is_of_text(type_: Enum) -> bool:
    return all(isinstance(each, str) for each in type_.values)


def default_of(value: Any, type_: Type) -> Any:
    """A default as a value of a type, as far as a single value can tell; None where it is none."""
    match type_:
        case Enum(values=values):
            is_one = any(value == each and type(value) is type(each) for each in values)
            return value if is_one else None
        case Const(value=only):
            return value if value == only else None
        case Word(text=text):
            found = _read_as(text.partition("(")[0], value)
            return found if _fits_word(found, text) else None
        case _:
            return None


def _read_as(word: str, value: Any) -> Any:
    """A number as its word has it: documents write numbers in text, and text as numbers."""
    if word == "decimal" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if word in ("integer", "number") and isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value) if value.lstrip("-").isdigit() else float(value)
    return value


def _fits_word(value: Any, text: str) -> bool:
    word, _, inside = text.partition("(")
    if word == "boolean":
        return isinstance(value, bool)
    if word == "integer":
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and len(str(abs(value))) <= _MOST_DIGITS and _is_inside(value, inside)
    if word == "number":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and "e" not in str(value) and _is_inside(value, inside)
    if word == "string":
        return isinstance(value, str) and _is_inside(len(value), inside)
    if word == "decimal":
        return isinstance(value, str) and _NUMBER.fullmatch(value) is not None
    return word in ("url", "email") and isinstance(value, str)


def _is_inside(measure: float, inside: str) -> bool:
    low, dots, high = inside.rstrip(")").partition("..")
    if not dots:
        return True
    return (not low or measure >= float(low)) and (not high or measure <= float(high))
