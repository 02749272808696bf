"""Proves that statements are Python without compiling them, as far as each can tell by itself.

Most statements of a package are of few shapes: Python's parser is asked once for each of them. What
the parser does not tell is looked for in the text.
"""

from __future__ import annotations

import re
import warnings
from ast import PyCF_ONLY_AST
from functools import lru_cache

from ferrule.passes.polish.empty_lines import Kind
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
_PARAMETERS = r"\[(?:[\w., |]|\[[\w., |]*+\])*+\]"
_GENERIC_CALL = re.compile(rf"(?<![\w.])x\[(?:[\w., |]|{_PARAMETERS})*+\]\(")
_KEYWORD = re.compile(r"[( ](\w++)=")
_FIRST_KEYWORD = re.compile(r"(\w++)=")
_FIRST_NAME = re.compile(r"\*{0,2}(\w++)")
_PARAMETER = re.compile(r"[(,] ?\*{0,2}(\w++)(?=[:,)]|$)")
_REMEMBERED = 4096
FUTURE = "from __future__ import annotations"


def is_python(kind: Kind, code: str, shape: str, laid_out: str) -> bool:
    """Whether a compiler would accept a statement of a shape, as far as it alone can tell.

    `laid_out` is the shape of its lines. Where it stands, what it has to open, and whether its
    names are distinct are other questions.
    """
    if "__future__" in code and code != FUTURE:
        return False
    if not _is_told_by_parser(shape):
        return False
    if ('f"' in code or "f'" in code) and _FORMATTED.search(code) is not None:
        return False
    return _parses(kind, code if "\\" in code else laid_out.replace(MASK, '""'))


@lru_cache(_REMEMBERED)
def is_python_shape(kind: Kind, shape: str) -> bool:
    """The same of every statement of a shape that stays on one line and has plain words."""
    return _is_told_by_parser(shape) and _parses(kind, shape.replace(MASK, '""'))


def has_plain_words(code: str) -> bool:
    """Whether no name and no string of a statement could mean more than any other."""
    return not ("\\" in code or "__future__" in code or 'f"' in code or "f'" in code)


def is_docstring(text: str) -> bool:
    """Whether a compiler would accept a statement that begins and ends with three quotes."""
    code = text.strip(" ")
    is_plain = "\\" not in code and '"""' not in code[3:-3]
    return is_plain or _parses(Kind(code, 0), code)


def _parses(kind: Kind, code: str) -> bool:
    if kind.is_decorator:
        code += "\ndef x(): pass"
    return _is_parsed(f"{code} pass" if kind.opens else code)


@lru_cache(_REMEMBERED)
def _is_parsed(code: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(code, "", "exec", PyCF_ONLY_AST, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError, Warning):
            return False
    return True


def _has_distinct_parameters(masked: str) -> bool:
    parameters = read(masked).groups[0].elements
    names = [_FIRST_NAME.match(masked, each.start) for each in parameters]
    known = [each[1] for each in names if each is not None]
    return len(known) == len(set(known))


@lru_cache(_REMEMBERED)
def _is_told_by_parser(shape: str) -> bool:
    """Whether a statement of a shape has no fault that only the compiler tells.

    That keywords and parameters differ is another question.
    """
    suspect = _GENERIC_CALL.sub("x(", shape) if "](" in shape else shape
    if any(each in suspect for each in _OF_COMPILER):
        return False
    if _DIGIT_AND_BRACKET.search(suspect) and _NUMBER_AND_BRACKET.search(suspect):
        return False
    return shape.count("=") < 2 or shape.count(" = ") < 2 or "def " in shape


def has_names(kind: Kind, shape: str) -> bool:
    """Whether statements of a shape have names that must differ."""
    return (bool(kind.head) and not kind.is_class) or shape.count("x=") > 1


def has_distinct_names(kind: Kind, masked: str, shape: str) -> bool:
    """Whether no keyword is given twice, and no parameter declared."""
    if kind.head and not kind.is_class:
        names = _PARAMETER.findall(masked)
        # Of what stands inside annotations some is found too.
        if len(names) != len(set(names)) and not _has_distinct_parameters(masked):
            return False
    if shape.count("x=") < 2:
        return True
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


def fault_of(path: str, text: str) -> Exception | None:
    """Why a text does not compile, or would only with a warning; None if it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, Warning) as error:
            return error
    return None
