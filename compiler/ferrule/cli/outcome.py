"""Turns what happens to a verb into an exit code, and says what went wrong."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from ferrule.cli.terminal import StdoutError, to_stdout

UNREAD, USAGE, INTERRUPTED = 1, 2, 130


def exit_code(act: Callable[[], object], words: Sequence[str]) -> int:
    """Runs a verb; gives the code that it gives, 0 if it gives none. `words` are what was asked."""
    _write_any_character()
    try:
        code = act()
        with to_stdout():
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (people get no raw traceback)
        return _told(error, words)
    return code if isinstance(code, int) else 0


def _told(error: BaseException, words: Sequence[str]) -> int:
    import click

    if isinstance(error, click.ClickException):
        error.show()
        return USAGE
    if isinstance(error, click.Abort | KeyboardInterrupt) or _is_of_interrupt(error):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    if isinstance(error, StdoutError):
        _let_go_of_stdout()
        if error.is_unread:
            return UNREAD
        click.echo(f"Error: {error}", err=True)
        return USAGE
    from ferrule.cli.faults import tell_fault

    assert isinstance(error, Exception)
    return tell_fault(error, words, debug="--debug" in words or "FERRULE_DEBUG" in os.environ)


def _is_of_interrupt(error: BaseException) -> bool:
    """Whether an interrupt became another error on its way, as one does inside `__set_name__`."""
    return isinstance(error.__cause__ or error.__context__, KeyboardInterrupt)


def _let_go_of_stdout() -> None:
    """Lets what was not written go: Python flushes once more at its end, and would tell of it."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _write_any_character() -> None:
    """Lets texts of specs be shown on a terminal that does not know all their characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
