"""Turns what happens to a verb into an exit code, and says what went wrong."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence

USAGE, INTERRUPTED = 2, 130


def exit_code(act: Callable[[], object], words: Sequence[str]) -> int:
    """Runs a verb; gives the code that it gives, 0 if it gives none. `words` are what was asked."""
    _write_any_character()
    try:
        code = act()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (people get no raw traceback)
        return _told(error, words)
    return code if isinstance(code, int) else 0


def _told(error: BaseException, words: Sequence[str]) -> int:
    import click

    if isinstance(error, click.ClickException):
        error.show()
        return USAGE
    if isinstance(error, click.Abort | KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    from ferrule.cli.faults import tell_fault

    assert isinstance(error, Exception)
    return tell_fault(error, words, debug="--debug" in words or "FERRULE_DEBUG" in os.environ)


def _write_any_character() -> None:
    """Lets texts of specs be shown on a terminal that does not know all their characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
