"""Calls the command: in this process, or as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from ferrule.cli.main import main

# What would change the output is not taken over from whoever runs the tests.
_OF_THE_CALLER = ("NO_COLOR", "FORCE_COLOR", "FERRULE_DEBUG", "COLUMNS")


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Ferrule:
    """`ferrule("check", "x.yaml")` in this process, inside a folder of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder

    def __call__(self, *words: str | Path) -> Outcome:
        self.capsys.readouterr()
        code = main([str(word) for word in words])
        captured = self.capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return Path(name)


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    return {**kept, "COLUMNS": "100", **variables}


def process(
    *words: str | Path,
    folder: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """`python -m ferrule` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ferrule", *map(str, words)],
        cwd=folder,
        env=_with_absolute_path(env or environment()),
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )


def _with_absolute_path(env: Mapping[str, str]) -> dict[str, str]:
    """Relative folders of PYTHONPATH are meant from here, wherever the process runs."""
    found = dict(env)
    if "PYTHONPATH" in found:
        parts = found["PYTHONPATH"].split(os.pathsep)
        found["PYTHONPATH"] = os.pathsep.join(str(Path(part).resolve()) for part in parts)
    return found
