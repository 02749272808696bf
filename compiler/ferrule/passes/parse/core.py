"""Turns plain scalars into values by the YAML 1.2 core rules, and by nothing else."""

from __future__ import annotations

import re
from math import isfinite

Scalar = str | int | float | bool | None

# Longer numbers are refused: nothing that a service counts needs them, and reading them is slow.
LONGEST_NUMBER = 300

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}

# A plain scalar that begins with none of these is text.
VALUE_STARTS = frozenset("0123456789+-.~nNtTfF") | {""}
_NUMBER_STARTS = frozenset("0123456789+-.")

# A number does not begin with a needless zero: `012` and `007.5` are text, as codes mean them.
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_BASED = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)\Z")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")


def core_value(text: str) -> Scalar:
    """The value of a plain scalar; `no`, `012`, `1:30`, `1_000` and dates are text.

    Raises OverflowError for a number that is not finite, or longer than `LONGEST_NUMBER`.
    """
    if text[:1] in _NUMBER_STARTS:
        return _number_or_text(text)
    return _WORDS.get(text, text)


def _number_or_text(text: str) -> Scalar:
    base = 10
    if _BASED.match(text):
        base = 8 if text[1] == "o" else 16
    elif _NOT_FINITE.match(text):
        raise OverflowError
    elif not _FLOAT.match(text):
        return text
    if len(text) > LONGEST_NUMBER:
        raise OverflowError
    if base != 10:
        return int(text[2:], base)
    if _DECIMAL.match(text):
        return int(text)
    value = float(text)
    if not isfinite(value):
        raise OverflowError
    return value
