"""Where output goes: results to stdout, progress to stderr, colour only where it is wanted.

click is imported by the first word that is said: a compile that says nothing does without.
"""

from __future__ import annotations

import sys

from msgspec import Struct

from ferrule.cli.terminal import is_coloured, is_terminal, to_stdout


class Console(Struct, frozen=True):
    """The two streams of a run. `colour` is auto, always or never."""

    colour: str = "auto"

    @property
    def is_coloured(self) -> bool:
        """Whether results are coloured."""
        return is_coloured(self.colour, sys.stdout)

    def result(self, text: str) -> None:
        """What was asked for, on stdout; an empty text is nothing."""
        if text:
            _say(text.removesuffix("\n"))

    def progress(self, text: str) -> None:
        """What a person likes to see meanwhile, on stderr; off a terminal nothing."""
        if is_terminal(sys.stderr):
            _say(self._styled(text, dim=True), err=True)

    def notice(self, text: str) -> None:
        """What has to be said beside the results, on stderr."""
        _say(text, err=True)

    def notice_if(self, is_due: bool, text: str) -> None:
        """The same, where there is a reason to."""
        if is_due:
            self.notice(text)

    def difference(self, lines: tuple[str, ...]) -> None:
        """A unified diff, on stdout."""
        if not self.is_coloured:
            self.result("\n".join(lines))
            return
        import click

        colours = {"+": "green", "-": "red", "@": "cyan"}
        for line in lines:
            is_heading = line.startswith(("--- ", "+++ "))
            colour = None if is_heading else colours.get(line[:1])
            _say(click.style(line, fg=colour, bold=is_heading or None))

    def _styled(self, text: str, *, dim: bool) -> str:
        if not is_coloured(self.colour, sys.stderr):
            return text
        import click

        return click.style(text, dim=dim)


def _say(text: str, *, err: bool = False) -> None:
    import click

    if err:
        click.echo(text, err=True, color=True)
        return
    with to_stdout():
        click.echo(text, color=True)
