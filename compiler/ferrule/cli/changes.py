"""Writes a file that was changed as text, or shows the change."""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path

import click

from ferrule.cli.console import Console


def show_change(name: str, before: str, after: str, console: Console) -> None:
    """The change as a unified diff, on stdout."""
    console.difference(change_lines(name, before, after))


def change_lines(name: str, before: str, after: str) -> tuple[str, ...]:
    """The lines of a unified diff; a last line without a break is told as diffs do."""
    from difflib import unified_diff

    lines: list[str] = []
    for line in unified_diff(_lines(before), _lines(after), name, name):
        lines += line.removesuffix("\n").split("\n")
    return tuple(lines)


def _lines(text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n\\ No newline at end of file\n"
    return lines


def write_change(path: Path, before: str, after: str) -> None:
    """Puts `after` in the place of `before`: whole or not at all, with the same rights and mark.

    Raises click.ClickException where the file cannot be written, or is not what it was.
    """
    try:
        content = path.read_bytes()
        mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
        if content.removeprefix(mark).decode("utf-8", errors="replace") != before:
            raise click.ClickException(f"{path} was changed by somebody else meanwhile")
        _replace(path.resolve(), mark + after.encode("utf-8"))
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written: {error.strerror or error}"
        ) from error


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
