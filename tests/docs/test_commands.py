"""The commands of the pages run, in a fresh environment, in the order in which they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import skip_without_service
from tests.docs.pages import Block, blocks, commands
from tests.packaging.wheelhouse import must_run, offline
from tests.services.real import REPOSITORY

README = REPOSITORY / "README.md"
GUIDES = ("writing-specs.md", "importing.md")
INLINE = re.compile(r"`(pip install [^`]+)`")


def readme_commands() -> list[str]:
    """The commands of README, those inside its sentences too."""
    told = [command for block in blocks("console", pages=[README]) for command in commands(block)]
    return [*INLINE.findall(README.read_text(encoding="utf-8")), *told]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, wheelhouse: Path) -> Path:
    """A folder as a reader has it: the first spec, our wheels, an environment with pip."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "tasks.yaml").write_text(blocks("yaml", pages=[README])[0].text, encoding="utf-8")
    (folder / "dist").mkdir()
    for name in ("ferrule", "ferrule_runtime", "kinto_connector"):
        for wheel in wheelhouse.glob(f"{name}-*.whl"):
            shutil.copy(wheel, folder / "dist")
    must_run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    # A pip that stands ready works in the environment as one inside it does, which takes long.
    pip = folder / "venv" / "bin" / "pip"
    pip.write_text(f'#!/bin/sh\nexec {sys.executable} -m pip --python {folder}/venv "$@"\n')
    pip.chmod(0o755)
    return folder


def call(command: str, folder: Path, **variables: str) -> None:
    """Run a command of a page there; `ferrule` is ours until the page installs it."""
    places = [folder / "venv" / "bin", Path(sys.executable).parent]
    path = os.pathsep.join([*map(str, places), os.environ["PATH"]])
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "PIP_QUIET": "2", **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_commands_of_the_first_page(workplace: Path, wheelhouse: Path) -> None:
    told = readme_commands()
    compiling = [command for command in told if command.startswith("ferrule compile tasks")]
    others = [command for command in told if command not in compiling]
    assert compiling
    # What is compiled on the first screen is installed there in the same sentence.
    for command in [*compiling, *others]:
        if not command.startswith("make "):
            call(command, workplace, **offline(wheelhouse))
    installed = "import kinto_connector, tasks_connector; print(tasks_connector.Tasks)"
    assert "Tasks" in must_run(
        workplace / "venv" / "bin" / "python", "-W", "error", "-c", installed
    )
    assert (workplace / "venv" / "bin" / "ferrule").exists()


@pytest.mark.parametrize(
    "block",
    blocks("console", pages=[REPOSITORY / "docs" / name for name in GUIDES]),
    ids=lambda block: block.name,
)
def test_the_commands_of_the_guide(block: Block, tmp_path: Path) -> None:
    for command in commands(block):
        call(command, tmp_path)


def test_make_knows_its_targets() -> None:
    make = shutil.which("make")
    if make is None:
        skip_without_service("make")
    text = README.read_text(encoding="utf-8")
    for target in sorted(set(re.findall(r"(?:`|\$ )make ([a-z]+)", text))):
        must_run(str(make), "--dry-run", target, folder=REPOSITORY)
