"""Reads what is taken from an answer: the result of an action, and places with a reading."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from ferrule.words.ast import Constant, ReadPlace, Returns, TypeExpr, WordType
from ferrule.words.defaults import read_default
from ferrule.words.errors import WordError, shown
from ferrule.words.literals import expect_literal
from ferrule.words.places import is_answer_root, read_matched_place
from ferrule.words.quantities import WAIT_UNITS
from ferrule.words.scanner import Scanner
from ferrule.words.types import expect_end_of_type, read_type

Reading = Literal["integer", "number", "text", "boolean"]
READINGS: tuple[Reading, ...] = ("integer", "number", "text", "boolean")
"""How a value may be read before it is compared: `header.x as integer`."""


def parse_returns(text: str) -> Returns:
    """`list(T) at $.items`, `none`, `redirect`, `= true`, `integer(text) = 0 at $.count`."""
    return _returns(text)


def parse_read_place(text: str) -> ReadPlace:
    """A place in an answer, perhaps ` ~ "regex"`, perhaps ` as ` a reading or a type.

    `as_word` is set for the readings of values and times (`integer`, `milliseconds`, `epoch`, …),
    `as_type` for everything else that is a type.
    """
    return _read_place(text)


@lru_cache(maxsize=4096)
def _returns(text: str) -> Returns:
    scanner = Scanner(text)
    scanner.skip_blanks()
    start = scanner.position
    if scanner.take("="):
        constant = _read_constant(scanner)
        return Returns(type=None, constant=constant, start=start, end=constant.end)
    if scanner.peek_name() == "redirect":
        return _read_redirect(scanner)
    found = read_type(scanner)
    end = found.end
    scanner.skip_blanks()
    default = at = None
    if scanner.sees("="):
        default = read_default(scanner, found, to_end=False)
        end = default.end
        scanner.skip_blanks()
    if scanner.take_name("at"):
        scanner.skip_blanks()
        at = read_matched_place(scanner)
        end = at.end
        scanner.expect_end("a place in the answer")
    _refuse_bare_place(scanner)
    expect_end_of_type(scanner)
    return Returns(type=found, default=default, at=at, start=start, end=end)


def _read_constant(scanner: Scanner) -> Constant:
    scanner.skip_blanks()
    value, start, end = expect_literal(scanner)
    scanner.skip_blanks()
    if scanner.peek_name() == "at":
        at = scanner.position
        raise scanner.fault("a constant is not taken from a place", at, scanner.end, "a type")
    scanner.expect_end("the constant")
    return Constant(value=value, start=start, end=end)


def _read_redirect(scanner: Scanner) -> Returns:
    start = scanner.position
    scanner.position += len("redirect")
    end = scanner.position
    scanner.expect_end("`redirect`")
    return Returns(type=WordType(word="redirect", start=start, end=end), start=start, end=end)


def _refuse_bare_place(scanner: Scanner) -> None:
    """A place behind a type without the word `at`."""
    word = scanner.peek_name()
    if scanner.sees("$") or (is_answer_root(word) and word != "text"):
        start, end = scanner.run_here(" \t\r\n")
    elif word in ("from", "in", "of"):
        start, end = scanner.position, scanner.position + len(word)
    else:
        return
    raise scanner.fault(
        f"{shown(scanner.text[start:end])} cannot stand here",
        start,
        end,
        "` at ` and a place",
        "write ` at ` before the place",
    )


@lru_cache(maxsize=1024)
def _read_place(text: str) -> ReadPlace:
    scanner = Scanner(text)
    scanner.skip_blanks()
    place = read_matched_place(scanner)
    end = place.end
    scanner.skip_blanks()
    as_word = as_type = None
    if scanner.take_name("as"):
        scanner.skip_blanks()
        word = scanner.peek_name()
        if word in WAIT_UNITS or word in READINGS:
            behind = scanner.position + len(word)
            if text[behind:].strip(" \t\r\n") == "":
                as_word, end, scanner.position = word, behind, behind
        if as_word is None:
            as_type = _read_as_type(scanner)
            end = as_type.end
    scanner.expect_end("a place in the answer" if as_type is None else "a type")
    return ReadPlace(place=place, as_word=as_word, as_type=as_type, start=place.start, end=end)


def _read_as_type(scanner: Scanner) -> TypeExpr:
    if scanner.is_at_end:
        raise scanner.unexpected("a reading or a type")
    try:
        return read_type(scanner)
    except WordError as error:
        if error.candidates:
            error.candidates = (*WAIT_UNITS, *READINGS, *error.candidates)
        raise


def read_reading(scanner: Scanner) -> Reading:
    """The word behind `as` in a condition."""
    start = scanner.position
    word = scanner.peek_name()
    if word in READINGS:
        scanner.position += len(word)
        return word
    if not word:
        raise scanner.unexpected("a reading behind `as`", ", ".join(READINGS))
    raise scanner.fault(
        f"{shown(word)} is not a way to read a value",
        start,
        start + len(word),
        ", ".join(READINGS),
        "write text" if word == "string" else None,
        READINGS,
    )
