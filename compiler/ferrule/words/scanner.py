"""Reads one word from left to right: blanks, names, numbers and quoted text, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

from ferrule.words.errors import WordError, shown

DEEPEST_NESTING = 64
"""How many parentheses may stand inside each other in one word."""

CUT_BY_YAML = (
    "YAML cuts a value at ` #`, and inside { } at a comma or bracket: put quotes around all of it"
)

_MOST_DIGITS = 19

_BLANKS = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*+\"|'(?:[^']|'')*+'")
_SMART_QUOTES = "“”„‟‘’‚‛«»"


class Quoted(Struct, frozen=True):
    """Text in quotes. Nothing is escaped in it, so that a regular expression stands as it is: a
    backslash is a backslash, and the quote itself is written twice."""

    value: str
    start: int
    end: int
    doubled: tuple[int, ...]
    """Where in `value` a quote stands that was written twice."""

    def offset_of(self, index: int) -> int:
        """The offset in the word of the character `index` of the value."""
        return self.start + 1 + index + sum(1 for each in self.doubled if each < index)


class Scanner:
    """A place in a word, and what can be read from there."""

    __slots__ = ("_depth", "end", "position", "text")

    def __init__(self, text: str, position: int = 0, end: int | None = None) -> None:
        self.text = text
        self.position = position
        self.end = len(text) if end is None else end
        self._depth = 0

    @property
    def is_at_end(self) -> bool:
        """True where nothing is left."""
        return self.position >= self.end

    def peek(self) -> str:
        """The character here, empty at the end."""
        return self.text[self.position] if self.position < self.end else ""

    def sees(self, literal: str) -> bool:
        """True where `literal` stands here."""
        return self.text.startswith(literal, self.position, self.end)

    def take(self, literal: str) -> bool:
        """Step over `literal` if it stands here."""
        if not self.sees(literal):
            return False
        self.position += len(literal)
        return True

    def skip_blanks(self) -> None:
        """Step over blanks and line breaks."""
        found = _BLANKS.match(self.text, self.position, self.end)
        if found is not None:
            self.position = found.end()

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what `pattern` matches here."""
        found = pattern.match(self.text, self.position, self.end)
        if found is not None:
            self.position = found.end()
        return found

    def peek_name(self) -> str:
        """The name (letters, digits, `_`) that starts here, empty if none does."""
        found = _NAME.match(self.text, self.position, self.end)
        return found.group() if found else ""

    def take_name(self, name: str) -> bool:
        """Step over `name` if exactly this name stands here."""
        if self.peek_name() != name:
            return False
        self.position += len(name)
        return True

    def run_here(self, stops: str = " \t\r\n|(),}") -> tuple[int, int]:
        """The run of characters from here to one of `stops`; at least one, unless at the end."""
        position = self.position
        while position < self.end and self.text[position] not in stops:
            position += 1
        return self.position, min(max(position, self.position + 1), self.end)

    def read_quoted(self) -> Quoted | None:
        """The quoted text that starts here, None if none does."""
        quote = self.peek()
        if quote not in ("'", '"'):
            return None
        start = self.position
        found = self.match(_QUOTED)
        if found is None:
            raise WordError(
                "a quote is not closed",
                start,
                self.end,
                expected=f"`{quote}`",
                help=CUT_BY_YAML,
                met=self.text[start : self.end],
            )
        if found.group().endswith(f"\\{quote}") and self._goes_on_like_text():
            raise self.fault(
                "a backslash does not escape a quote",
                found.end() - 2,
                found.end(),
                advice=f"write it twice ({quote}{quote}), or put the other kind around the text",
            )
        pieces = found.group()[1:-1].split(quote * 2)
        doubled: list[int] = []
        length = 0
        for piece in pieces[:-1]:
            length += len(piece)
            doubled.append(length)
            length += 1
        return Quoted(quote.join(pieces), start, found.end(), tuple(doubled))

    def _goes_on_like_text(self) -> bool:
        return self.position < self.end and self.text[self.position] not in " \t\r\n|)}~=!<>"

    def read_number(self, *, has_exponent: bool = False) -> int | float | None:
        """The number that starts here, None if none does; an int without point and exponent."""
        start = self.position
        found = self.match(_NUMBER if has_exponent else _PLAIN_NUMBER)
        if found is None:
            return None
        written = found.group()
        digits = written.lstrip("-")
        if sum(char.isdigit() for char in digits) > _MOST_DIGITS:
            raise self.fault(f"a number has at most {_MOST_DIGITS} digits", start, found.end())
        if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
            raise self.fault(
                "a number does not start with 0",
                start,
                found.end(),
                advice="leave the zeros out, or put quotes around text that looks like a number",
            )
        if written.lstrip("-").isdigit():
            return int(written)
        value = float(written)
        if value in (float("inf"), float("-inf")):
            raise self.fault("the number is too large", start, found.end())
        return value

    @contextmanager
    def nested(self, start: int) -> Iterator[None]:
        """One level deeper, for what is read inside; never deeper than `DEEPEST_NESTING`."""
        self._depth += 1
        if self._depth > DEEPEST_NESTING:
            raise self.fault(
                f"the nesting is deeper than {DEEPEST_NESTING} levels",
                start,
                min(start + 1, self.end),
                advice="give a part a name of its own",
            )
        yield
        self._depth -= 1

    def fault(
        self,
        message: str,
        start: int,
        end: int,
        expected: str | None = None,
        advice: str | None = None,
        candidates: tuple[str, ...] = (),
    ) -> WordError:
        """A WordError that tells what stands between `start` and `end`."""
        return WordError(
            message, start, end, expected, advice, candidates, self.text[start:end] or None
        )

    def unexpected(self, expected: str, advice: str | None = None) -> WordError:
        """What is here is not what the language wants here."""
        if self.is_at_end:
            return WordError(f"{expected} is missing", self.end, self.end, expected, advice)
        start, end, guess = self._guess_here()
        message = f"{expected} is expected, not {shown(self.text[start:end])}"
        return self.fault(message, start, end, expected, advice or guess)

    def expect_end(self, after: str) -> None:
        """Raise unless nothing but blanks is left; `after` names what has been read."""
        self.skip_blanks()
        if self.is_at_end:
            return
        start, end, guess = self._guess_here()
        if self.peek() == ")":
            raise self.fault("this `)` closes nothing", start, start + 1, advice="take it out")
        message = f"{shown(self.text[start:end])} cannot stand after {after}"
        raise self.fault(message, start, end, f"the end of {after}", guess)

    def _guess_here(self) -> tuple[int, int, str | None]:
        """Where the piece here starts and ends, and what the author may have overlooked."""
        char = self.text[self.position]
        start, end = self.run_here()
        if char in _SMART_QUOTES:
            return start, start + 1, "write the straight quotes \" or '"
        if not char.isprintable() or (char.isspace() and not char.isascii()):
            return (
                start,
                start + 1,
                f"an invisible character stands here (U+{ord(char):04X}): take it out",
            )
        if char == ",":
            return (
                start,
                end,
                "no word of a spec holds a comma: alternatives are separated by ` | `",
            )
        if char in "([{":
            return start, start + 1, None
        return start, end, None

    def close(self, opening: int) -> None:
        """Step over the `)` that belongs to the `(` at `opening`."""
        self.skip_blanks()
        if self.take(")"):
            return
        if self.is_at_end:
            raise self.fault(
                "this `(` is not closed",
                opening,
                opening + 1,
                expected="`)`",
                advice=CUT_BY_YAML,
            )
        raise self.unexpected("`)`")
