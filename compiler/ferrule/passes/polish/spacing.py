"""Tells whether lines of generated Python are spaced as black spaces them."""

from __future__ import annotations

import re
from functools import lru_cache
from keyword import kwlist

MASK = "ß"
"""Stands for every character of a string in a masked line: a letter that no name of ours has."""

_STRING = re.compile(r'(?<![\w"\'])f?("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')')
# With strings masked: names, numbers, brackets, and marks with their blanks. No more.
_PLAIN = re.compile(
    r"(?:[@\w.]++"  # names, numbers, attributes
    r"|[(\[{](?![ ,])|(?<![ ])[)\]}]"
    r"|(?<=\w),\)|(?<=[)\]}]),\)"  # a tuple of one
    r"|(?<![ (\[{,]), (?=[^ ,)\]}])"
    r"|(?<=[\w)\]}])=(?=[\w(\[{-])"  # a keyword
    r"|(?<=[\w)\]}]) (?:=|\||->|==|\+) (?=[\w(\[{-])"
    r"|(?<=[\w)\]}]): (?=[\w(\[{-])"
    r"|(?<=[\w)\]}]) (?=[\w(\[{-])"  # between words
    r"|(?<![\w)\]}])-(?=\d)"
    r"|(?:(?<=[(\[{])|(?<=, ))\*\*?(?=[\w(\[{])"
    r"|(?:(?<=[(\[{])|(?<=, ))\*(?=, )"
    r")++(?:(?<=[\w)\]]):(?: \.\.\.)?)?"
)
_HEADS = re.compile(
    r"(?:async )?def \w+\(.*\) -> [\w.\[\], |]+:(?: \.\.\.)?"
    r"|def \w+\([\w, ]*\):"
    r"|class \w+(?:\([\w., ]+\))?:"
    r"|if [\w. ]+(?: == \w+)?:"
    r"|else:"
)
_IMPORT = re.compile(r"import [\w.]+|from [\w.]+ import \w+(?: as \w+)?(?:, \w+(?: as \w+)?)*+")
_START = re.compile(
    r"return(?: |$)|raise |@\w+$"
    r"|[\w.]+(?:\([^=]*\)\.\w+)*\(.*\)$"
    r"|[\w.]+(?:\(\)\[\w+\])?(?: = |: )"
)
_KEYWORDS = frozenset(
    """and as assert async await break class continue del elif else except finally for from global
    if import in is lambda nonlocal not or pass raise return try while with yield""".split()  # noqa: SIM905
)
_FREE_PARENTHESIS = re.compile(r"(?<![\w)\]}*])\(")
_FIRST_WORD = re.compile(r"[^ (.:\[]*")
_TIGHT_DEFAULT = re.compile(r"(?<! )=")
_INNERMOST = re.compile(r"\([^()\[\]{}]*\)|\[[^()\[\]{}]*\]|\{[^()\[\]{}]*\}")
_TUPLE_END = re.compile(r"[()\[\]{},]")


_NAME = re.compile(rf"\b(?!(?:{'|'.join(kwlist)}|__debug__)\b)[A-Za-z_][A-Za-z0-9_]*")
_MASKED = re.compile(f"{MASK}+")
_REMEMBERED = 4096


def shape_of(masked: str) -> str:
    """The masked line with every name replaced by `x`, and every string by one MASK."""
    shape = _NAME.sub("x", masked)
    return _MASKED.sub(MASK, shape) if MASK in shape else shape


def masked(code: str) -> str:
    """The line with every character of its strings replaced by MASK, prefixes `f` among them."""
    if '"' not in code and "'" not in code:
        return code
    return _STRING.sub(lambda met: MASK * (met.end() - met.start()), code)


@lru_cache(_REMEMBERED)
def is_well_spaced(code: str) -> bool:
    """Whether black would leave the blanks of one-line statements of a shape as they are."""
    if code.startswith(("from ", "import ")):
        return _IMPORT.fullmatch(code) is not None
    if "\\" in code or _PLAIN.fullmatch(code) is None:
        return False
    for met in _FREE_PARENTHESIS.finditer(code):
        if not _is_tuple(code, met.end()):
            return False
    if code[-1] == ":" or code.endswith(": ..."):
        return _HEADS.fullmatch(code) is not None and not _has_tight_default(code)
    if code.startswith(("def ", "async ", "class ")):
        return False
    return _START.match(code) is not None and _is_statement(code)


def _has_tight_default(code: str) -> bool:
    return "def " in code and _TIGHT_DEFAULT.search(code) is not None


def _is_statement(code: str) -> bool:
    """Whether ` = ` and `: ` stand where a statement has them, and `=` inside brackets alone."""
    met = _FIRST_WORD.match(code)
    first = met[0] if met else ""
    if first in _KEYWORDS:
        is_value = first in ("return", "raise") and " = " not in code
        return is_value and ("=" not in code or "=" not in _outside(code))
    if code[0] == "@":
        return code[1:].isidentifier()
    if "=" not in code:
        return _is_balanced(code)
    if code.count("=") == 1 and " = " in code:
        before, _, behind = code.partition(" = ")
        return _is_balanced(before) and _is_balanced(behind)
    outside = _outside(code)
    if outside.count(" = ") != code.count(" = ") or not _is_balanced(outside):
        return False
    return all("=" not in part.replace(" == ", " ") for part in outside.split(" = "))


def _is_balanced(text: str) -> bool:
    count = text.count
    return count("(") == count(")") and count("[") == count("]") and count("{") == count("}")


def _outside(text: str) -> str:
    """What stands outside of brackets."""
    while True:
        shorter = _INNERMOST.sub("", text)
        if len(shorter) == len(text):
            return text
        text = shorter


def _is_tuple(text: str, start: int) -> bool:
    """Whether a parenthesis that ends at `start` is closed behind a comma, or at once."""
    depth = 0
    for met in _TUPLE_END.finditer(text, start):
        mark = met[0]
        if mark in "([{":
            depth += 1
        elif mark != ",":
            depth -= 1
            if depth < 0:
                return met.start() == start
        elif depth == 0:
            return True
    return False
