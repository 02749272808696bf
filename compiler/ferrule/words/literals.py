"""Reads the literals of conditions and constants: text in quotes, numbers, true, false, null."""

from __future__ import annotations

from ferrule.words.ast import Scalar
from ferrule.words.errors import WordError, shown, visible
from ferrule.words.scanner import Quoted, Scanner

NAMED: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_MEANT = {"True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null"}
_MEANT |= {"nil": "null", "NULL": "null", "undefined": "null"}

_LITERAL_FORMS = "text in quotes, a number, true, false or null"


def read_literal(scanner: Scanner) -> tuple[Scalar, int, int, Quoted | None] | None:
    """The literal that starts here with its start and end (and its quotes), None if none does."""
    start = scanner.position
    quoted = scanner.read_quoted()
    if quoted is not None:
        return quoted.value, start, quoted.end, quoted
    name = scanner.peek_name()
    if name in NAMED:
        scanner.position += len(name)
        return NAMED[name], start, scanner.position, None
    number = scanner.read_number(has_exponent=True)
    if number is None:
        return None
    if scanner.peek_name() or scanner.sees("."):
        _, end = scanner.run_here()
        raise scanner.fault(
            f"{shown(scanner.text[start:end])} is not a number", start, end, _LITERAL_FORMS
        )
    return number, start, scanner.position, None


def expect_literal(scanner: Scanner) -> tuple[Scalar, int, int]:
    """The literal that must stand here, with its start and end."""
    found = read_literal(scanner)
    if found is None:
        raise no_literal(scanner)
    return found[0], found[1], found[2]


def no_literal(scanner: Scanner) -> WordError:
    """Something else stands where a literal should; a bare word wants quotes."""
    if not scanner.peek_name():
        return scanner.unexpected(_LITERAL_FORMS)
    start, end = scanner.run_here(" \t\r\n|(),=<>!~")
    return bare_word(scanner, start, end, _LITERAL_FORMS)


def bare_word(scanner: Scanner, start: int, end: int, expected: str) -> WordError:
    """A word without quotes where text or a place should stand."""
    written = scanner.text[start:end]
    meant = _MEANT.get(written) or f'"{visible(written)}"'
    return scanner.fault(
        f"{shown(written)} is not known here: quote it if it is text",
        start,
        end,
        expected,
        f"write {meant}",
    )
