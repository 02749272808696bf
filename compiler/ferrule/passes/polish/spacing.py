"""Tells whether lines of generated Python are spaced as black spaces them."""

from __future__ import annotations

import re

_STRING = re.compile(r'(?<![\w"\'])f?("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')')
# With strings masked as `S`: names, numbers, brackets, and marks with their blanks. No more.
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
    r"|if [\w. ]+:"
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


def is_well_spaced(code: str) -> bool:
    """Whether black would leave the blanks of a one-line statement as they are."""
    if code.startswith(("from ", "import ")):
        return _IMPORT.fullmatch(code) is not None
    masked = _STRING.sub("S", code)
    if "\\" in masked or _PLAIN.fullmatch(masked) is None:
        return False
    if not all(_is_tuple(masked[met.end() :]) for met in _FREE_PARENTHESIS.finditer(masked)):
        return False
    if masked[-1] == ":" or masked.endswith(": ..."):
        return _HEADS.fullmatch(masked) is not None and not _has_tight_default(masked)
    if masked.startswith(("def ", "async ", "class ")):
        return False
    return _START.match(masked) is not None and _is_statement(masked)


def _has_tight_default(masked: str) -> bool:
    return "def " in masked and re.search(r"(?<! )=", masked) is not None


def _is_statement(masked: str) -> bool:
    """Whether ` = ` and `: ` stand where a statement has them, and `=` inside brackets alone."""
    first = re.split(r"[ (.:\[]", masked, maxsplit=1)[0]
    if first in _KEYWORDS:
        return first in ("return", "raise") and " = " not in masked and "=" not in _outside(masked)
    if masked[0] == "@":
        return masked[1:].isidentifier()
    parts = masked.split(" = ")
    return all(
        _is_balanced(part) and "=" not in _outside(part.replace(" == ", " ")) for part in parts
    )


def _is_balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in ("()", "[]", "{}"))


def _outside(text: str) -> str:
    """What stands outside of brackets."""
    depth, kept = 0, []
    for each in text:
        depth += (each in "([{") - (each in ")]}")
        if depth == 0:
            kept.append(each)
    return "".join(kept)


def _is_tuple(text: str) -> bool:
    """Whether a parenthesis before the text is closed behind a comma, or at once."""
    depth = 0
    for each in text:
        if each == "," and depth == 0:
            return True
        depth += (each in "([{") - (each in ")]}")
        if depth < 0:
            return text[0] == ")"
    return False
