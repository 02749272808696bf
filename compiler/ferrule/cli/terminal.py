"""How output may look, whether a person reads along, and whether that person sees colours."""

from __future__ import annotations

import os
from contextlib import contextmanager

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is more to load than all of this
    from collections.abc import Iterator
    from typing import TextIO

FORMATS = ("text", "concise", "json", "github", "sarif")
COLOURS = ("auto", "always", "never")


class StdoutError(Exception):
    """Stdout does not take what it is given; `is_unread` where the one who read it has gone."""

    def __init__(self, fault: OSError) -> None:
        super().__init__(f"stdout cannot be written: {fault.strerror or fault}")
        self.is_unread = isinstance(fault, BrokenPipeError)


@contextmanager
def to_stdout() -> Iterator[None]:
    """Around a write to stdout: raises StdoutError where it fails."""
    try:
        yield
    except OSError as fault:
        raise StdoutError(fault) from fault


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads along."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def is_coloured(choice: str, stream: TextIO) -> bool:
    """Whether a stream gets colour. The choice wins, then NO_COLOR, then FORCE_COLOR."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"
