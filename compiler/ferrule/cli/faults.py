"""Tells a fault of ferrule itself: a few lines on stderr, the traceback in a file."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence

import click

from ferrule import __version__

FAULT = 3


def tell_fault(error: Exception, words: Sequence[str], *, debug: bool) -> int:
    """Says that ferrule failed and where the traceback is; gives the exit code 3.

    With `debug` the traceback goes to stderr.
    """
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    report = _report(error, words)
    click.echo(f"ferrule: {what}", err=True)
    click.echo(
        f"This is a fault of ferrule {__version__}, not of your spec. "
        "Please report it, with the spec if you can.",
        err=True,
    )
    if debug:
        click.echo(report, err=True)
    elif path := _kept(report):
        click.echo(f"The traceback is in {path}; --debug prints it.", err=True)
    return FAULT


def _report(error: Exception, words: Sequence[str]) -> str:
    lines = traceback.format_exception(error)
    return (
        f"ferrule {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"ferrule {' '.join(words)}\n\n{''.join(lines)}"
    )


def _kept(report: str) -> str | None:
    """Writes the report into a file that only this user can read."""
    try:
        descriptor, path = tempfile.mkstemp(prefix="ferrule-fault-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(report)
    except OSError:
        click.echo(report, file=sys.stderr)
        return None
    return path
