"""Writes a file that was changed as text, or shows the change."""

from __future__ import annotations

import codecs
import errno
import os
from pathlib import Path

import click

from ferrule.cli.console import Console

# The folder takes no new files, or the file was mounted by itself.
_NOT_TO_BE_REPLACED = (errno.EACCES, errno.EPERM, errno.EBUSY)


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
        replace_file(path, mark + after.encode("utf-8"))
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written: {error.strerror or error}"
        ) from error


def replace_file(path: Path, content: bytes) -> None:
    """Gives a file this content: whole or not at all, with the rights that it has. Raises OSError.

    A device or a pipe is written to, and so is a file that another cannot take the place of.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(content)
        return
    draft = place.with_name(f".ferrule-{os.urandom(8).hex()}")
    try:
        with draft.open("xb") as stream:
            if place.exists():
                draft.chmod(place.stat().st_mode)
            stream.write(content)
        draft.replace(place)
    except OSError as error:
        draft.unlink(missing_ok=True)
        if error.errno not in _NOT_TO_BE_REPLACED:
            raise
        place.write_bytes(content)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
