"""Modules that stand as they would come out are taken from there, and no others."""

from pathlib import Path

import pytest

from ferrule import reuse
from ferrule.diagnostics import Report
from ferrule.forms.files import FileSet
from ferrule.passes import polish as polishing
from ferrule.pipeline import CompiledPackage, compile_spec, write_packages
from ferrule.reuse import Polished
from tests.cli.specs import ACME

MODULE = "acme_connector/resources/things.py"


@pytest.fixture
def polished(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The paths of the modules that were polished."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made: list[str] = []
    really = polishing._python

    def python(path: str, text: str) -> str:
        made.append(path)
        return really(path, text)

    monkeypatch.setattr(polishing, "_python", python)
    return made


def compiled(folder: Path, text: str = ACME) -> CompiledPackage:
    (folder / "acme.yaml").write_text(text)
    package = compile_spec(folder / "acme.yaml", Report(), out=folder / "out")
    assert package is not None
    assert write_packages([package], folder / "out", Report())
    return package


def test_only_modules_that_differ_are_polished_again(polished: list[str], tmp_path: Path) -> None:
    first = compiled(tmp_path)
    assert MODULE in polished
    polished.clear()
    assert compiled(tmp_path).files == first.files
    assert polished == []
    changed = compiled(tmp_path, ACME.replace("get: /things/", "get: /items/"))
    assert sorted(polished) == ["acme_connector/_connector.py", MODULE]
    polished.clear()
    anew = compile_spec(tmp_path / "acme.yaml", Report())
    assert anew is not None
    assert anew.files == changed.files


def test_an_edited_module_is_not_taken(polished: list[str], tmp_path: Path) -> None:
    first = compiled(tmp_path)
    polished.clear()
    (tmp_path / "out" / "acme" / MODULE).write_text("x = 1\n")
    again = compile_spec(tmp_path / "acme.yaml", Report(), out=tmp_path / "out")
    assert again is not None
    assert again.files == first.files
    assert polished == [MODULE]


@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"0" * 64 + b"\nlies"])
def test_damaged_pairs_count_for_nothing(
    polished: list[str], tmp_path: Path, damage: bytes
) -> None:
    first = compiled(tmp_path)
    polished.clear()
    for kept in (tmp_path / "cache" / "ferrule" / "modules").rglob("?" * 62):
        kept.write_bytes(damage)
    assert compiled(tmp_path).files == first.files
    assert MODULE in polished


def test_another_compiler_takes_nothing(
    polished: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled(tmp_path)
    polished.clear()
    monkeypatch.setattr(reuse, "made_by", lambda: "another")
    compiled(tmp_path)
    assert MODULE in polished


def test_what_is_no_text_is_not_taken(polished: list[str], tmp_path: Path) -> None:
    known = Polished(tmp_path)
    assert known.find("x.py", "x=1") is None
    known.keep(FileSet({"x.py": "x = 1\n"}))
    (tmp_path / "x.py").write_bytes(b"\xff")
    assert Polished(tmp_path).find("x.py", "x=1") is None
    (tmp_path / "x.py").write_text("x = 1\n")
    assert Polished(tmp_path).find("x.py", "x=1") == "x = 1\n"
