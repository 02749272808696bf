"""A folder of wheels: ours, and those of everybody whom they need, fetched from the index once."""

import fcntl
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.services.real import REPOSITORY

OURS = (REPOSITORY, REPOSITORY / "runtime", REPOSITORY / "generated" / "kinto")


class NoIndexError(Exception):
    """No package index could be reached."""


def run(
    *words: str | Path, folder: Path | None = None, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command outside the repository's own environment variables; its output is kept."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    # Modules that are imported once need no bytecode beforehand.
    environment["PIP_NO_COMPILE"] = "1"
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**environment, **(variables or {})},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def must_run(
    *words: str | Path, folder: Path | None = None, variables: Mapping[str, str] | None = None
) -> str:
    """Run a command that has to succeed; gives what it wrote to stdout."""
    done = run(*words, folder=folder, variables=variables)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def needs(folder: Path) -> list[str]:
    """What a distribution needs, to be built and to run."""
    about = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*about["build-system"]["requires"], *about["project"]["dependencies"]]
    return [each for each in wanted if not each.startswith("ferrule")]


def fill(folder: Path) -> None:
    """Fill an empty folder. Raises NoIndexError."""
    pip = (sys.executable, "-m", "pip")
    wanted = sorted({each for ours in OURS for each in needs(ours)})
    download = ("download", "--quiet", "--only-binary", ":all:", "--dest", folder)
    if run(*pip, *download, *wanted).returncode:
        raise NoIndexError
    must_run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, *OURS)


def shared(folder: Path) -> Path:
    """The wheelhouse in a folder that several processes use; whoever comes first fills it."""
    house, full = folder / "wheelhouse", folder / "wheelhouse.full"
    with (folder / "wheelhouse.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not full.exists():
            house.mkdir(exist_ok=True)
            fill(house)
            full.touch()
    return house


def offline(house: Path) -> dict[str, str]:
    """The variables with which pip takes everything from a wheelhouse, and asks no index."""
    return {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(house),
        "PIP_NO_COMPILE": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
