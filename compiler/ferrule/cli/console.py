"""Where output goes: results to stdout, progress to stderr, colour only where it is wanted."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TextIO

import click


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


@dataclass(frozen=True, slots=True)
class Console:
    """The two streams of a run. `colour` is auto, always or never."""

    colour: str = "auto"

    @property
    def is_coloured(self) -> bool:
        """Whether results are coloured."""
        return is_coloured(self.colour, sys.stdout)

    def result(self, text: str) -> None:
        """What was asked for, on stdout; an empty text is nothing."""
        if text:
            click.echo(text.removesuffix("\n"), color=True)

    def progress(self, text: str) -> None:
        """What a person likes to see meanwhile, on stderr; off a terminal nothing."""
        if is_terminal(sys.stderr):
            click.echo(self._styled(text, dim=True), err=True, color=True)

    def notice(self, text: str) -> None:
        """What has to be said beside the results, on stderr."""
        click.echo(text, err=True, color=True)

    def notice_if(self, is_due: bool, text: str) -> None:
        """The same, where there is a reason to."""
        if is_due:
            self.notice(text)

    def difference(self, lines: tuple[str, ...]) -> None:
        """A unified diff, on stdout."""
        if not self.is_coloured:
            self.result("\n".join(lines))
            return
        colours = {"+": "green", "-": "red", "@": "cyan"}
        for line in lines:
            is_heading = line.startswith(("--- ", "+++ "))
            click.echo(
                click.style(
                    line, fg=None if is_heading else colours.get(line[:1]), bold=is_heading or None
                ),
                color=True,
            )

    def _styled(self, text: str, *, dim: bool) -> str:
        return click.style(text, dim=dim) if is_coloured(self.colour, sys.stderr) else text
