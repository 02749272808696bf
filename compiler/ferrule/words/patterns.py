"""Takes regular expressions of the allowed kind, alone or in quotes inside another word."""

from __future__ import annotations

from functools import lru_cache

from ferrule.words.errors import WordError
from ferrule.words.scanner import Quoted, Scanner


def parse_pattern(text: str) -> str:
    """The regular expression itself, proven to be of the allowed kind (`ferrule.words.regexes`).

    It is meant for `re.compile(pattern, re.ASCII)`. Raises a WordError for what is not allowed.
    """
    return _pattern(text)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> str:
    # Most specs hold no regular expression: what reads them is imported when one is met.
    from ferrule.words.regexes import prove

    prove(text)
    return text


def pattern_in(quoted: Quoted) -> str:
    """The regular expression in a quoted text; a fault is told with its place in the word."""
    try:
        return _pattern(quoted.value)
    except WordError as error:
        raise error.moved(quoted.offset_of) from None


def expect_pattern(scanner: Scanner) -> str:
    """The regular expression in quotes that must stand here."""
    scanner.skip_blanks()
    quoted = scanner.read_quoted()
    if quoted is None:
        raise scanner.unexpected("a regular expression in quotes", "write it as \"…\" or '…'")
    return pattern_in(quoted)
