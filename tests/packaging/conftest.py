"""Fresh environments to install our wheels into."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging.wheelhouse import must_run, offline


@pytest.fixture(scope="session")
def install(wheelhouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a fresh environment with one of our distributions in it; gives its Python."""

    def make(distribution: str) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        must_run(sys.executable, "-m", "venv", "--without-pip", folder)
        python = folder / "bin" / "python"
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
        must_run(*pip, distribution, variables=offline(wheelhouse))
        return python

    return make
