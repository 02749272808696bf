"""Turns the paths on the command line into spec files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from ferrule.freshness import specs_below

STDIN = "-"


def find_specs(words: Iterable[str]) -> list[Path]:
    """The spec files that the words name: files as they are, folders by the YAML files below them.

    Each file once, folders in alphabetical order; hidden folders are left out. `-` stays `-`.
    Raises click.UsageError for what does not exist and for folders without specs.
    """
    found: dict[str, Path] = {}
    for word in words:
        for path in _below(Path(word)) if word != STDIN else [Path(STDIN)]:
            found.setdefault(os.path.normpath(path), path)
    return list(found.values())


def _below(path: Path) -> list[Path]:
    if path.is_dir():
        specs = sorted(map(Path, specs_below(str(path))))
        if not specs:
            _refuse(f"there is no .yaml file in the folder {path}")
        return specs
    if not path.exists():
        _refuse(f"there is no file {path}{_guess(path)}")
    return [path]


def _refuse(message: str) -> NoReturn:
    import click

    raise click.UsageError(message)


def _guess(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return f": there is no folder {path.parent}"
    from difflib import get_close_matches

    near = get_close_matches(path.name, names, 1)
    return f"; did you mean {path.with_name(near[0])}?" if near else ""
