"""Wheels as `make build` makes them, and fresh environments to install them into."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import skip_without_service
from tests.services.real import REPOSITORY


def run(*words: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
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
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def must_run(*words: str | Path, folder: Path | None = None) -> str:
    """Run a command that has to succeed; gives what it wrote to stdout."""
    done = run(*words, folder=folder)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels of the compiler, the runtime and the generated Kinto client."""
    folder = tmp_path_factory.mktemp("wheels")
    sources = [REPOSITORY, REPOSITORY / "runtime", REPOSITORY / "generated" / "kinto"]
    build = ("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    must_run(sys.executable, "-m", "pip", *build, *sources)
    return folder


@pytest.fixture(scope="session")
def install(
    wheels: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, tuple[str, ...]], Path]:
    """Makes a fresh environment with one of our distributions in it; gives its Python.

    Other people's packages come from the package index first; ours then come from the wheel folder
    with the index switched off.
    """

    def make(distribution: str, needed: tuple[str, ...]) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        must_run(sys.executable, "-m", "venv", "--without-pip", folder)
        python = folder / "bin" / "python"
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
        if run(*pip, *needed).returncode:
            skip_without_service("a package index; there pip finds what our packages depend on")
        must_run(*pip, "--no-index", "--find-links", wheels, distribution)
        return python

    return make
