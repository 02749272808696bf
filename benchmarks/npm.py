"""Finds what `make bench` has installed with npm, beside the programs in the PATH."""

import os
import shutil
from pathlib import Path


def package(name: str) -> Path | None:
    """The folder of an npm package; None where it is not installed."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = Path(folder).parent / "lib" / "node_modules" / name
        if found.is_dir():
            return found
    return None


def program(name: str) -> str | None:
    """A program in the PATH."""
    return shutil.which(name)
