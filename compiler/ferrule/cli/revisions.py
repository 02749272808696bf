"""Reads a spec from a file, or from a revision of git: `main:specs/acme.yaml`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile


class NotThereError(Exception):
    """The revision has no such file."""


def read_revision(word: str, report: Report, same: str | None = None) -> SourceFile | None:
    """The text that a word names: a file, or `REVISION:PATH`, whose path is relative to here.

    `REVISION:` alone means the file `same` at that revision. Raises NotThereError for a file that
    the revision does not have, click.UsageError for what git does not know.
    """
    revision, mark, path = word.partition(":")
    if not mark or Path(word).exists():
        if not Path(word).exists():
            raise click.UsageError(f"there is no file {word}")
        return SourceFile.read(Path(word), report)
    path = path or same or ""
    if not path or revision.startswith("-"):
        raise click.UsageError(f"{word} names no file at a revision: write REVISION:PATH")
    return SourceFile.decode(f"{revision}:{path}", _shown(revision, path), report)


def _shown(revision: str, path: str) -> bytes:
    if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        known = _git("rev-parse", "--git-dir")
        where = f"git knows no revision {revision}" if not known.returncode else _said(known)
        raise click.UsageError(where)
    given = Path(path)
    name = path if given.is_absolute() else f"./{given.as_posix()}"
    if given.is_absolute():
        top = Path(_said(_git("rev-parse", "--show-toplevel")))
        if not given.resolve().is_relative_to(top):
            raise click.UsageError(f"{path} is outside of the repository {top}")
        name = given.resolve().relative_to(top).as_posix()
    done = _git("show", f"{revision}:{name}")
    if done.returncode:
        raise NotThereError(f"{revision} has no {path}")
    return done.stdout


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], capture_output=True, check=False)
    except FileNotFoundError:
        raise click.UsageError("a revision can be read only where git is installed") from None


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stdout or done.stderr
    return text.decode("utf-8", "replace").strip().removeprefix("fatal: ")
