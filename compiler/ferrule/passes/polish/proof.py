"""Proves that a text is Python: all that a compiler would find is found, at less cost."""

from __future__ import annotations

import re
import warnings
from symtable import symtable

from ferrule.passes.polish.fragments import Group, Span, read
from ferrule.passes.polish.spacing import MASK

# What the compiler alone may find fault with, or warn of: words of its own contexts, a constant or
# a display that is called or indexed.
_OF_COMPILER = (
    *("lambda", "yield", "__debug__", " for ", " for(", " is ", " is(", f"{MASK}(", f"{MASK}["),
    *(f"{before}{bracket}" for before in (")", "]", "}", ".") for bracket in "(["),
    *(f"{word}{bracket}" for word in ("None", "True", "False") for bracket in "(["),
)
_DIGIT_AND_BRACKET = re.compile(r"\d[(\[]")
_NUMBER_AND_BRACKET = re.compile(r"(?<![\w.])\.?\d[\w.]*[(\[]")
_FORMATTED = re.compile(r"(?<![\w\"'])f[\"']")
# `Operation[list[Ticket]](`: a class with its parameters is called, not a display.
_GENERIC_CALL = re.compile(r"(?<![\w.])([A-Z]\w*)\[(?:[\w., |]|\[[\w., |]*+\])*+\]\(")
_KEYWORD = re.compile(r"[( ](\w++)=")
_FIRST_KEYWORD = re.compile(r"(\w++)=")


def is_told_by_symbols(code: str, masked: str) -> bool:
    """Whether a statement alone has no fault that only the compiler tells.

    Where it returns or awaits is another question; `masked` is the code with strings masked.
    """
    suspect = _GENERIC_CALL.sub(r"\1(", masked) if "](" in masked else masked
    for each in _OF_COMPILER:
        if each in suspect:
            return False
    if ('f"' in code or "f'" in code) and _FORMATTED.search(code) is not None:
        return False
    if _DIGIT_AND_BRACKET.search(suspect) and _NUMBER_AND_BRACKET.search(suspect):
        return False
    if masked.count("=") < 2:
        return True
    if masked.count(" = ") > 1 and "def " not in masked:
        return False
    keywords = _KEYWORD.findall(masked)
    return len(keywords) == len(set(keywords)) or _has_distinct_keywords(masked, read(masked))


def _has_distinct_keywords(masked: str, span: Span) -> bool:
    waiting: list[Group] = [*span.groups]
    while waiting:
        group = waiting.pop()
        met = [_FIRST_KEYWORD.match(masked, each.start, each.end) for each in group.elements]
        keywords = [each[1] for each in met if each is not None]
        if len(keywords) != len(set(keywords)):
            return False
        waiting += [inner for each in group.elements for inner in each.groups]
    return True


def fault_of(path: str, text: str, *, needs_compiler: bool) -> Exception | None:
    """Why a text does not compile, or would only with a warning; None if it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            if needs_compiler:
                compile(text, path, "exec", dont_inherit=True)
            else:
                symtable(text, path, "exec")
        except (SyntaxError, ValueError, RecursionError, Warning) as error:
            return error
    return None
