"""The wheels hold what they should, and ask for no more than they need."""

import re
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.services.real import REPOSITORY


class Wheel:
    def __init__(self, folder: Path, name: str) -> None:
        (path,) = folder.glob(f"{name}-*.whl")
        with zipfile.ZipFile(path) as archive:
            self.files = {entry: archive.read(entry) for entry in archive.namelist()}

    def about(self, name: str) -> str:
        (found,) = (entry for entry in self.files if entry.endswith(f".dist-info/{name}"))
        return self.files[found].decode()

    @property
    def metadata(self) -> Message:
        return Parser().parsestr(self.about("METADATA"))

    @property
    def needs(self) -> set[str]:
        """Names of the distributions that are always installed with it."""
        wanted = [
            line for line in self.metadata.get_all("Requires-Dist", []) if "extra ==" not in line
        ]
        return {re.split(r"[^\w.-]", line)[0] for line in wanted}


@pytest.fixture(scope="module")
def compiler(wheelhouse: Path) -> Wheel:
    return Wheel(wheelhouse, "ferrule")


@pytest.fixture(scope="module")
def runtime(wheelhouse: Path) -> Wheel:
    return Wheel(wheelhouse, "ferrule_runtime")


@pytest.fixture(scope="module")
def client(wheelhouse: Path) -> Wheel:
    return Wheel(wheelhouse, "kinto_connector")


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".DS_Store"
    }


def test_the_templates_ship_inside_the_compiler(compiler: Wheel) -> None:
    shipped = {
        name.removeprefix("ferrule/templates/"): content
        for name, content in compiler.files.items()
        if name.startswith("ferrule/templates/")
    }
    assert shipped
    assert shipped == files_below(REPOSITORY / "templates")


def test_every_module_ships(compiler: Wheel, runtime: Wheel) -> None:
    for wheel, source in ((compiler, "compiler"), (runtime, "runtime/src")):
        modules = {
            name for name in files_below(REPOSITORY / source) if name.endswith((".py", "py.typed"))
        }
        assert modules <= wheel.files.keys()


def test_the_command_is_installed(compiler: Wheel) -> None:
    assert "ferrule = ferrule.cli.entry:main" in compiler.about("entry_points.txt")


def test_the_runtime_stays_light(runtime: Wheel) -> None:
    assert runtime.needs == {"h11", "httpx", "pydantic", "typing-extensions"}


def test_a_client_depends_on_the_runtime_alone(client: Wheel) -> None:
    assert client.needs == {"ferrule-runtime"}
    assert "kinto_connector/py.typed" in client.files
    assert "[ferrule.connectors]" in client.about("entry_points.txt")


def test_the_licence_ships(compiler: Wheel, runtime: Wheel) -> None:
    for wheel in (compiler, runtime):
        assert wheel.metadata["License-Expression"] == "MIT"
        assert wheel.about("licenses/LICENSE").startswith("MIT License")
