"""The one fault that reading a word can have: what is wrong, where, and what to write instead."""

from __future__ import annotations

from collections.abc import Callable

_LONGEST_SHOWN = 40


class WordError(ValueError):
    """A word that cannot be read.

    `message` is one sentence in plain English. `start` and `end` are code-point offsets into the
    word, `end` exclusive; both equal the length of the word where something is missing at its end.
    `expected` names what could stand there, `met` is what stands there, `help` says how to mend it,
    and `candidates` are the names among which the nearest may have been meant.
    """

    def __init__(
        self,
        message: str,
        start: int,
        end: int,
        expected: str | None = None,
        help: str | None = None,  # noqa: A002 - the word that readers of a fault know
        candidates: tuple[str, ...] = (),
        met: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.expected = expected
        self.help = help
        self.candidates = candidates
        self.met = met

    def moved(self, offset_of: Callable[[int], int]) -> WordError:
        """The same fault in a text that holds this one; `offset_of` maps the offsets."""
        return WordError(
            self.message,
            offset_of(self.start),
            offset_of(self.end),
            self.expected,
            self.help,
            self.candidates,
            self.met,
        )


def visible(text: str) -> str:
    """The text with everything that does not print written as `\\u…`."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def shown(text: str) -> str:
    """A piece of a word as it stands in a message: in backticks, short, nothing invisible."""
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return f"`{visible(short)}`"
