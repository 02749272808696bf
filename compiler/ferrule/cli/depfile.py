"""Writes what packages were made from, in the words of make and ninja."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path


def write_depfile(path: Path, inputs: Mapping[str, Iterable[str]]) -> None:
    """Writes a rule for each target and the files that it was made from. Raises OSError.

    The file is replaced as a whole, and left alone if it says so already.
    """
    text = "".join(
        f"{_escaped(target)}: {' '.join(map(_escaped, needed))}\n"
        for target, needed in inputs.items()
    ).encode()
    if path.is_file() and path.read_bytes() == text:
        return
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        draft.write_bytes(text)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _escaped(path: str) -> str:
    """A path as make and ninja both read it."""
    return path.replace("\\", "/").replace("$", "$$").replace(" ", "\\ ").replace("#", "\\#")
