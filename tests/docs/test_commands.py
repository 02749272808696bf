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
from tests.packaging.conftest import must_run, run
from tests.services.real import REPOSITORY

README = REPOSITORY / "README.md"
GUIDES = ("writing-specs.md", "importing.md")
INLINE = re.compile(r"`(pip install [^`]+)`")


def readme_commands() -> list[str]:
    """The commands of README, those inside its sentences too."""
    told = [command for block in blocks("console", pages=[README]) for command in commands(block)]
    return [*INLINE.findall(README.read_text(encoding="utf-8")), *told]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader has it: the first spec, our wheels, an environment with pip."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "tasks.yaml").write_text(blocks("yaml", pages=[README])[0].text, encoding="utf-8")
    build = ("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder / "dist")
    sources = [REPOSITORY, REPOSITORY / "runtime", REPOSITORY / "generated" / "kinto"]
    must_run(sys.executable, "-m", "pip", *build, *sources)
    must_run(sys.executable, "-m", "venv", folder / "venv")
    fetch = (folder / "venv" / "bin" / "pip", "download", "--no-deps", "httpx")
    if run(*fetch, folder=folder).returncode:
        skip_without_service("a package index; there pip finds what our packages depend on")
    return folder


def call(command: str, folder: Path) -> None:
    """Run a command of a page there; `ferrule` is ours until the page installs it."""
    places = [folder / "venv" / "bin", Path(sys.executable).parent]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([*map(str, places), os.environ["PATH"]]),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_QUIET": "2",
        "PIP_NO_COMPILE": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_the_commands_of_the_first_page(workplace: Path) -> None:
    told = readme_commands()
    compiling = [command for command in told if command.startswith("ferrule compile tasks")]
    others = [command for command in told if command not in compiling]
    assert compiling
    # What is compiled on the first screen is installed there in the same sentence.
    for command in [*compiling, *others]:
        if not command.startswith("make "):
            call(command, workplace)
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
