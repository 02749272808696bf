"""ARCHITECTURE.md tells of every module and folder at the top of the packages, and of no other."""

import re
from pathlib import Path

import pytest

from tests.services.real import REPOSITORY

TEXT = (REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAGE = re.sub(r"^```.*?^```$", "", TEXT, flags=re.MULTILINE | re.DOTALL)
TOLD = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", PAGE))))
FOLDERS = (
    "compiler/ferrule",
    "compiler/ferrule/passes",
    *(
        f"compiler/ferrule/passes/{name}"
        for name in ("parse", "check", "resolve", "polish", "publish")
    ),
    "compiler/ferrule/imports/openapi",
    "runtime/src/ferrule_runtime",
    "providers/src/ferrule_providers",
    "tests",
    "docs",
)
NAMED_BY_THE_WAY = {"conftest", "word_sets", "wire_names", "validating"}


def names_in(folder: Path) -> set[str]:
    """The modules and folders with code or pages in them."""
    modules = {path.stem for path in folder.glob("*.py")}
    return modules | {path.name for path in folder.iterdir() if path.is_dir()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_and_folder_is_told(folder: str) -> None:
    there = {name for name in names_in(REPOSITORY / folder) if not name.startswith(("_", "."))}
    assert there
    assert there - TOLD <= NAMED_BY_THE_WAY, "say in ARCHITECTURE.md what it is for"


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w/.]+/)`", PAGE))))
def test_every_folder_that_is_told_is_there(named: str) -> None:
    around = (".", *FOLDERS, "compiler/ferrule/exports")
    assert any((REPOSITORY / folder / named).is_dir() for folder in around)
