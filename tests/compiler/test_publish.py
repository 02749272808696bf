"""A package is written into its folder whole, and touches nothing that is not its own."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ferrule.diagnostics import Report, Severity
from ferrule.forms.files import FileSet
from ferrule.forms.manifest import MANIFEST_NAME, Manifest
from ferrule.passes.publish import difference, publish
from tests.compiler.packages import FIRST, SECOND, manifest, picture, rules, texts, write


def refused(
    out: Path, rule: str, *, files: dict[str, str] = SECOND, force: bool = False
) -> tuple[str, str]:
    """Publishes where it has to be refused by one finding, and leave all as it was."""
    before, report = picture(out), Report()
    assert write(out, files, report, force=force) is None
    assert rules(report) == [rule]
    assert picture(out) == before
    (finding,) = report
    assert finding.severity is Severity.error
    assert finding.path == str(out / "acme")
    return finding.message, finding.help or ""


def test_a_new_package_is_written_with_its_manifest(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "generated"
    written = write(out)
    assert written is not None
    assert written.folder == out / "acme"
    assert set(written.changed) == {*FIRST, MANIFEST_NAME}
    assert written.removed == ()
    assert texts(out / "acme") == FIRST
    assert [path.name for path in out.iterdir()] == ["acme"]
    content = json.loads((out / "acme" / MANIFEST_NAME).read_text())
    assert content["connector"] == "acme"
    assert content["contract"] == 1
    assert list(content["files"]) == sorted(FIRST)
    assert Manifest.from_text(json.dumps(content)) == manifest(FIRST)


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path)
    before = {path: path.stat() for path in (tmp_path / "acme").rglob("*")}
    written = write(tmp_path)
    assert written is not None
    assert written.is_unchanged
    assert {path: path.stat() for path in (tmp_path / "acme").rglob("*")} == before


def test_what_changed_is_written_what_went_is_removed(tmp_path: Path) -> None:
    write(tmp_path)
    kept = tmp_path / "acme" / "pyproject.toml"
    os.utime(kept, ns=(1, 1_000_000_000))
    written = write(tmp_path, SECOND)
    assert written is not None
    assert texts(tmp_path / "acme") == SECOND
    assert written.changed == (
        MANIFEST_NAME,
        "acme_connector/__init__.py",
        "acme_connector/client.py",
        "acme_connector/resources/users.py",
    )
    assert written.removed == ("acme_connector/models/things.py",)
    assert not (tmp_path / "acme/acme_connector/models").exists()
    assert kept.stat().st_mtime == 1, "a file that says the same keeps its time"


def test_a_deleted_file_comes_back(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme" / "pyproject.toml").unlink()
    write(tmp_path)
    assert texts(tmp_path / "acme") == FIRST


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    write(tmp_path)
    assert texts(tmp_path / "acme") == FIRST


def test_files_of_the_user_are_carried_over(tmp_path: Path) -> None:
    write(tmp_path)
    package = tmp_path / "acme"
    own = {
        "NOTES.md": "mine",
        "tests/test_mine.py": "mine",
        "acme_connector/models/mine.py": "mine",
        ".git/objects/ab/cd": "mine",
        "acme_connector/__pycache__/mine.cpython-311.pyc": "mine",
    }
    for name, text in own.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    (package / "empty").mkdir(mode=0o750)
    (package / "shortcut").symlink_to("/nowhere/at/all")
    (package / "tests/test_mine.py").chmod(0o600)
    (package / "acme_connector/__pycache__/client.cpython-311.pyc").write_bytes(b"stale")
    inode = (package / "NOTES.md").stat().st_ino
    write(tmp_path, SECOND)
    assert texts(package) == SECOND | own
    assert (package / "empty").is_dir()
    assert stat.S_IMODE((package / "empty").stat().st_mode) == 0o750
    assert (package / "shortcut").readlink() == Path("/nowhere/at/all")
    assert stat.S_IMODE((package / "tests/test_mine.py").stat().st_mode) == 0o600
    assert (package / "NOTES.md").stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


def test_files_are_copied_where_links_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_args: object, **_options: object) -> None:
        raise OSError(1, "no links here")

    write(tmp_path)
    (tmp_path / "acme" / "NOTES.md").write_text("mine")
    monkeypatch.setattr(os, "link", no_links)
    write(tmp_path, SECOND)
    assert texts(tmp_path / "acme") == SECOND | {"NOTES.md": "mine"}


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "thesis.txt").write_text("three years of work")
    for force in (False, True):
        message, help_text = refused(tmp_path, "output-not-ours", force=force)
        assert "no .ferrule.json" in message
        assert "-o" in help_text


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("I am a file")
    refused(tmp_path, "output-not-ours", force=True)


def test_the_package_of_another_connector_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, connector="zendesk")
    (tmp_path / "zendesk").rename(tmp_path / "acme")
    message, _ = refused(tmp_path, "output-not-ours", force=True)
    assert "zendesk" in message


def test_an_output_folder_that_is_a_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "generated").write_text("I am a file")
    report = Report()
    assert write(tmp_path / "generated", FIRST, report) is None
    assert rules(report) == ["output-failed"]
    assert (tmp_path / "generated").read_text() == "I am a file"


DAMAGED_MANIFESTS = {
    "torn": '{"format": 1, "contr',
    "conflict": "<<<<<<< HEAD\n{}\n=======\n",
    "a list": "[]",
    "another format": '{"format": 99}',
    "no files": '{"format": 1, "contract": 1, "ferrule": "1", "connector": "acme"}',
    "deep": "[" * 100_000,
    "reaches out": json.dumps(
        {
            "format": 1,
            "contract": 1,
            "ferrule": "1",
            "connector": "acme",
            "spec_sha256": "",
            "files": {"../victim": "0"},
        }
    ),
}


@pytest.mark.parametrize("damage", sorted(DAMAGED_MANIFESTS))
def test_a_damaged_manifest_is_a_finding(tmp_path: Path, damage: str) -> None:
    write(tmp_path)
    (tmp_path / "victim").write_text("not yours")
    (tmp_path / "acme" / MANIFEST_NAME).write_text(DAMAGED_MANIFESTS[damage])
    refused(tmp_path, "output-not-ours")
    report = Report()
    assert write(tmp_path, SECOND, report, force=True) is not None
    assert (tmp_path / "victim").read_text() == "not yours"
    assert rules(report) == ["output-overwritten"]
    # Without a list of ours nothing is removed.
    assert texts(tmp_path / "acme") == FIRST | SECOND


def test_a_manifest_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme" / MANIFEST_NAME).write_bytes(b"\xff\xfe")
    refused(tmp_path, "output-not-ours")


def test_an_edited_file_is_kept_unless_forced(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme/acme_connector/client.py").write_text("class Mine: ...\n")
    (tmp_path / "acme/acme_connector/models/things.py").write_text("# a stale one, edited\n")
    message, help_text = refused(tmp_path, "output-edited")
    assert message.endswith("acme_connector/client.py, acme_connector/models/things.py")
    assert "--force" in help_text
    report = Report()
    assert write(tmp_path, SECOND, report, force=True) is not None
    assert [(found.rule, found.severity) for found in report] == [
        ("output-overwritten", Severity.warning)
    ]
    assert texts(tmp_path / "acme") == SECOND


def test_an_edit_that_says_what_would_be_written_is_fine(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("acme_connector/client.py", "acme_connector/__init__.py"):
        (tmp_path / "acme" / name).write_text(SECOND[name])
    write(tmp_path, SECOND)
    assert texts(tmp_path / "acme") == SECOND


def test_line_ends_of_a_checkout_are_no_edit(tmp_path: Path) -> None:
    write(tmp_path)
    for path in (tmp_path / "acme").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    written = write(tmp_path)
    assert written is not None
    assert written.is_unchanged
    assert difference(FileSet(FIRST), manifest(FIRST), tmp_path).is_empty
    write(tmp_path, SECOND)
    assert (
        texts(tmp_path / "acme")["acme_connector/client.py"] == SECOND["acme_connector/client.py"]
    )


def test_a_file_of_the_user_in_the_way_is_kept_unless_forced(tmp_path: Path) -> None:
    write(tmp_path)
    mine = tmp_path / "acme/acme_connector/resources/users.py"
    mine.parent.mkdir()
    mine.write_text("mine")
    message, _ = refused(tmp_path, "output-in-the-way")
    assert "acme_connector/resources/users.py" in message
    report = Report()
    assert write(tmp_path, SECOND, report, force=True) is not None
    assert texts(tmp_path / "acme") == SECOND


@pytest.mark.parametrize("kind", ["folder for a file", "file for a folder", "pipe for a file"])
def test_what_cannot_stand_beside_the_files_is_never_removed(tmp_path: Path, kind: str) -> None:
    write(tmp_path)
    package = tmp_path / "acme/acme_connector"
    if kind == "folder for a file":
        (package / "resources/users.py").mkdir(parents=True)
        (package / "resources/users.py/mine").write_text("mine")
    elif kind == "file for a folder":
        (package / "resources").write_text("mine")
    else:
        if sys.platform == "win32":
            pytest.skip("Windows has no named pipes in folders")
        (package / "resources").mkdir()
        os.mkfifo(package / "resources/users.py")
        report = Report()
        assert write(tmp_path, SECOND, report, force=True) is None
        assert rules(report) == ["output-in-the-way"]
        return
    refused(tmp_path, "output-in-the-way", force=True)


def test_many_files_are_not_all_named(tmp_path: Path) -> None:
    files = {f"acme_connector/m{number:02}.py": "x = 1\n" for number in range(25)}
    write(tmp_path, files)
    for name in files:
        (tmp_path / "acme" / name).write_text("x = 2\n")
    message, _ = refused(tmp_path, "output-edited", files=files | {"more.py": ""})
    # What is edited back to what is written would be no finding.
    assert message.endswith("acme_connector/m09.py and 15 more")


# --- links ----------------------------------------------------------------------------------------


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder beside the output that must not change."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "precious.txt").write_text("not yours")
    before = picture(folder)
    yield folder
    assert picture(folder) == before


def test_the_package_folder_may_not_be_a_link(tmp_path: Path, outside: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "acme").symlink_to(outside)
    refused(tmp_path / "out", "output-symlink", force=True)


@pytest.mark.parametrize(
    "name", ["acme_connector", "acme_connector/client.py", "pyproject.toml", MANIFEST_NAME]
)
@pytest.mark.parametrize("is_dangling", [False, True])
def test_no_path_of_ours_may_be_a_link(
    tmp_path: Path, outside: Path, name: str, is_dangling: bool
) -> None:
    write(tmp_path / "out")
    path = tmp_path / "out" / "acme" / name
    if path.is_dir():
        path.rename(tmp_path / "moved")
        goal = outside
    else:
        path.rename(outside.parent / "moved")
        goal = outside / "precious.txt"
    path.symlink_to(outside / "nothing" if is_dangling else goal)
    message, _ = refused(tmp_path / "out", "output-symlink", force=True)
    assert name in message


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    written = write(tmp_path / "out")
    assert written is not None
    assert written.folder == tmp_path / "out" / "acme"
    assert texts(tmp_path / "real" / "acme") == FIRST
    assert (tmp_path / "out").is_symlink()


# --- names ----------------------------------------------------------------------------------------

HOSTILE = [
    "../victim", "a/../../victim", "/etc/victim", "a//b", "./a", "a/.", "", "a/", "C:/x", "a\\b",
    "CON", "con.py", "aux", "a/NUL.txt", "com1.py", "LPT9", "com¹", "conin$",
    "x\0y", "x\ny", "x\x7fy",
    "end.", "end ", "a:b", "what?", "star*", "\u202egnp.py", "x\ud800", "n" * 300, "d/" * 600 + "x",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:20])
def test_a_hostile_file_name_writes_nothing(tmp_path: Path, outside: Path, name: str) -> None:
    report = Report()
    out = tmp_path / "out"
    assert write(out, FIRST | {name: "x"}, report) is None
    assert rules(report) == ["output-name"]
    assert not out.exists()


@pytest.mark.parametrize(
    "name", ["../outside", "a/b", "..", ".", "", "CON", "x\0", "/abs", "n" * 300]
)
def test_a_hostile_connector_name_writes_nothing(tmp_path: Path, outside: Path, name: str) -> None:
    report = Report()
    out = tmp_path / "out"
    assert write(out, FIRST, report, connector=name) is None
    assert rules(report) == ["output-name"]
    assert not out.exists()


@pytest.mark.parametrize(
    "twin",
    ["Pyproject.toml", "ACME_connector/other.py", "acme_connector/Models/x.py", ".FERRULE.json",
     "pyproject.toml/x", "acme_connector"],
)  # fmt: skip
def test_twins_on_some_file_systems_are_refused(tmp_path: Path, twin: str) -> None:
    report = Report()
    assert write(tmp_path / "out", FIRST | {twin: ""}, report) is None
    assert set(rules(report)) == {"output-name"}


def test_unicode_twins_are_refused(tmp_path: Path) -> None:
    report = Report()
    files = {"caf\u00e9.txt": "", "cafe\u0301.txt": "", "stra\u00dfe": "", "STRASSE": ""}
    assert write(tmp_path / "out", files, report) is None
    assert rules(report) == ["output-name", "output-name"]


def test_all_faults_of_names_are_told_at_once(tmp_path: Path) -> None:
    report = Report()
    assert write(tmp_path / "out", {"../a": "", "/b": "", "ok": "", "OK": ""}, report) is None
    assert len(report) == 3


# --- modes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_nothing_is_writable_for_others(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write(tmp_path / "new" / "out")
        write(tmp_path / "new" / "out", SECOND)
    finally:
        os.umask(before)
    for path in (tmp_path / "new", *(tmp_path / "new").rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644) & ~mask, path


def test_the_mode_that_a_user_gave_the_folder_stays(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme").chmod(0o700)
    write(tmp_path, SECOND)
    assert stat.S_IMODE((tmp_path / "acme").stat().st_mode) == 0o700


def test_texts_are_written_as_utf8_with_lf(tmp_path: Path) -> None:
    report = Report()
    text = "naïve — 𝄞\n"
    publish(FileSet({"x.md": text}), manifest({"x.md": text}), tmp_path, report)
    assert (tmp_path / "acme" / "x.md").read_bytes() == text.encode()
