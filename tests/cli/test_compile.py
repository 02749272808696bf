"""`ferrule compile`: packages on disk, the same bytes everywhere, nothing when there are errors."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.calling import Ferrule, environment, process
from tests.cli.specs import ACME, BROKEN
from tests.compiler.packages import picture

ZEN = ACME.replace("connector: acme", "connector: zen").replace("api.acme", "api.zen")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_spec_becomes_a_package(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    assert ferrule("compile", "acme.yaml", "-o", "out") == (0, "", "")
    package = ferrule.folder / "out" / "acme"
    manifest = json.loads((package / ".ferrule.json").read_text())
    assert set(manifest["files"]) == {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file() and path.name != ".ferrule.json"
    }
    assert "acme_connector/__init__.py" in manifest["files"]


def test_a_folder_of_specs_becomes_a_folder_of_packages(ferrule: Ferrule) -> None:
    ferrule.write("specs/acme.yaml", ACME)
    ferrule.write("specs/more/zen.yaml", ZEN)
    assert ferrule("compile", "specs") == (0, "", "")
    assert names_in(ferrule.folder / "generated") == ["acme", "zen"]


def test_nothing_is_written_when_any_spec_has_errors(ferrule: Ferrule) -> None:
    ferrule.write("specs/a.yaml", ZEN)
    ferrule.write("specs/b.yaml", BROKEN)
    code, out, err = ferrule("compile", "specs", "-o", "out")
    assert code == 1
    assert out.startswith("specs/b.yaml:5:1  error[unknown-key]")
    assert err == "nothing was written\n"
    assert not (ferrule.folder / "out").exists()


def test_two_specs_of_one_connector_are_a_finding(ferrule: Ferrule) -> None:
    ferrule.write("a.yaml", ACME)
    ferrule.write("b.yaml", ACME)
    code, out, err = ferrule("compile", "a.yaml", "b.yaml", "-o", "out")
    assert (code, err) == (1, "nothing was written\n")
    assert out.startswith("b.yaml:2:12  error[duplicate-connector]")
    assert "a.yaml:2:12" in out
    assert not (ferrule.folder / "out").exists()


def test_check_says_what_would_change(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    ferrule.write("zen.yaml", ZEN)
    ferrule("compile", "acme.yaml", "zen.yaml", "-o", "out")
    assert ferrule("compile", "acme.yaml", "zen.yaml", "-o", "out", "--check") == (0, "", "")
    ferrule.write("acme.yaml", ACME.replace("things.get", "things.fetch"))
    before = picture(ferrule.folder / "out")
    code, out, err = ferrule("compile", "acme.yaml", "zen.yaml", "-o", "out", "--check")
    assert code == 1
    assert err == "1 of 2 packages out of date\n"
    assert "--- out/acme/" in out
    assert "out/acme  error[out-of-date]: the package is not what acme.yaml makes: " in out
    assert "run `ferrule compile acme.yaml -o out`" in out
    assert "zen" not in out
    assert picture(ferrule.folder / "out") == before
    assert ferrule("compile", "acme.yaml", "-o", "out").code == 0
    assert ferrule("compile", "acme.yaml", "-o", "out", "--check").code == 0


def test_check_says_that_a_package_is_missing(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    code, out, _ = ferrule("compile", "acme.yaml", "--check", "--output-format", "concise")
    assert code == 1
    assert out.startswith("generated/acme: error[out-of-date]: ")
    assert len(out.splitlines()) == 1
    assert not (ferrule.folder / "generated").exists()


def test_the_difference_has_colour_where_it_is_wanted(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    _, out, _ = ferrule("compile", "acme.yaml", "--check", "--color", "always")
    assert "\x1b[1m+++ generated/acme/" in out
    assert "\x1b[32m+" in out


def test_a_long_difference_is_cut(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    _, out, _ = ferrule("compile", "acme.yaml", "--check")
    assert len(out.splitlines()) < 220
    assert "… and " in out


def test_edited_files_are_kept_unless_forced(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    ferrule("compile", "acme.yaml", "-o", "out")
    edited = ferrule.folder / "out/acme/README.md"
    fresh = edited.read_text()
    edited.write_text("mine")
    code, out, err = ferrule("compile", "acme.yaml", "-o", "out")
    assert code == 1
    assert out == (
        "out/acme  error[output-edited]: generated files were edited by hand: README.md\n"
        "      = --force overwrites them\n"
        "\n"
        "1 error in 1 file\n"
    )
    assert err == "0 of 1 packages written\n"
    assert edited.read_text() == "mine"
    code, out, err = ferrule("compile", "acme.yaml", "-o", "out", "--force")
    assert (code, err) == (0, "")
    assert out.startswith("out/acme  warning[output-overwritten]")
    assert edited.read_text() == fresh


def test_a_package_that_cannot_be_written_does_not_stop_the_others(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME)
    ferrule.write("zen.yaml", ZEN)
    ferrule.write("out/acme", "a file in the way")
    code, out, err = ferrule("compile", "acme.yaml", "zen.yaml", "-o", "out")
    assert code == 1
    assert "out/acme  error[output-not-ours]" in out
    assert err == "1 of 2 packages written\n"
    assert names_in(ferrule.folder / "out") == ["acme", "zen"]


def test_what_comes_from_stdin_is_compiled(tmp_path: Path) -> None:
    done = process("compile", "-", "-o", "out", folder=tmp_path, stdin=ACME.encode())
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert names_in(tmp_path / "out") == ["acme"]
    done = process("compile", "-", "-o", "other", folder=tmp_path, stdin=b"\xff")
    assert done.returncode == 1
    assert not (tmp_path / "other").exists()


def test_notes_do_not_disturb_a_compile(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", ACME + "test: {get: /me, ok: $.id}\n")
    assert "not-checked" in ferrule("check", "acme.yaml").out
    assert ferrule("compile", "acme.yaml") == (0, "", "")


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | str | None]:
    folder = tmp_path_factory.mktemp("reference")
    (folder / "acme.yaml").write_text(ACME)
    done = process("compile", "acme.yaml", "-o", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return picture(folder / "out")


@pytest.mark.parametrize(
    ("variables", "where"),
    [
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu"}, "."),
        ({"PYTHONHASHSEED": "4242", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}, "deep/er"),
        ({"PYTHONHASHSEED": "random", "SOURCE_DATE_EPOCH": "0", "HOME": "/"}, "other"),
    ],
)
def test_the_same_spec_makes_the_same_bytes(
    tmp_path: Path,
    reference: dict[str, bytes | str | None],
    variables: dict[str, str],
    where: str,
) -> None:
    folder = tmp_path / where
    folder.mkdir(parents=True, exist_ok=True)
    spec = tmp_path / "a spec.yaml"
    spec.write_text(ACME)
    out = tmp_path / "deep" / "output"
    done = process(
        "compile", spec, "-o", os.path.relpath(out, folder), folder=folder,
        env=environment(**variables),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert picture(out) == reference
