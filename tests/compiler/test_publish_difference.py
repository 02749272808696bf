"""`difference` says what a compile would change, in few lines, and changes nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule.forms.files import FileSet
from ferrule.forms.manifest import MANIFEST_NAME, Manifest
from ferrule.passes.publish import Difference, difference
from ferrule.passes.publish.difference import compare
from tests.compiler.packages import FIRST, SECOND, manifest, picture, write


def differ(out: Path, files: dict[str, str], line_limit: int = 200) -> Difference:
    before = picture(out)
    found = difference(FileSet(files), manifest(files), out, line_limit=line_limit)
    assert picture(out) == before
    return found


def test_what_was_written_is_up_to_date(tmp_path: Path) -> None:
    write(tmp_path)
    found = differ(tmp_path, FIRST)
    assert found.is_empty
    assert found.lines == ()


def test_a_missing_package_is_all_missing(tmp_path: Path) -> None:
    found = differ(tmp_path / "nowhere", FIRST)
    assert set(found.missing) == {*FIRST, MANIFEST_NAME}
    assert not found.changed
    assert not found.stale


def test_each_kind_of_difference_is_named_and_shown(tmp_path: Path) -> None:
    write(tmp_path)
    found = differ(tmp_path, SECOND)
    assert found.missing == ("acme_connector/resources/users.py",)
    assert found.changed == (
        MANIFEST_NAME,
        "acme_connector/__init__.py",
        "acme_connector/client.py",
    )
    assert found.stale == ("acme_connector/models/things.py",)
    folder = (tmp_path / "acme").as_posix()
    assert list(found.lines) == [
        f"--- {folder}/acme_connector/__init__.py",
        f"+++ {folder}/acme_connector/__init__.py",
        "@@ -1 +1 @@",
        '-"""Acme."""',
        '+"""Acme, again."""',
        f"--- {folder}/acme_connector/client.py",
        f"+++ {folder}/acme_connector/client.py",
        "@@ -1,2 +1,2 @@",
        " class Acme:",
        "-    pass",
        "+    size = 2",
        f"--- {folder}/acme_connector/models/things.py",
        "+++ /dev/null",
        "@@ -1,2 +0,0 @@",
        "-class Thing:",
        "-    pass",
        "--- /dev/null",
        f"+++ {folder}/acme_connector/resources/users.py",
        "@@ -0,0 +1,2 @@",
        "+class Users:",
        "+    pass",
    ]


def test_an_edit_by_hand_is_a_difference_and_other_files_are_not(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme" / "mine.txt").write_text("mine")
    assert differ(tmp_path, FIRST).is_empty
    (tmp_path / "acme" / "pyproject.toml").write_text("edited\n")
    assert differ(tmp_path, FIRST).changed == ("pyproject.toml",)


def test_a_damaged_manifest_is_a_difference(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "acme" / MANIFEST_NAME).write_bytes(b"\xff{")
    assert differ(tmp_path, FIRST).changed == (MANIFEST_NAME,)


def test_a_file_in_the_place_of_the_folder_is_a_difference(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file")
    assert set(differ(tmp_path, FIRST).missing) == {*FIRST, MANIFEST_NAME}


def test_long_differences_are_cut(tmp_path: Path) -> None:
    files = {f"m{number}.py": "old\n" * 50 for number in range(10)}
    write(tmp_path, files)
    found = differ(tmp_path, dict.fromkeys(files, "new\n" * 50), line_limit=150)
    assert len(found.lines) == 151
    assert found.lines[-1] == "… more lines of m1.py"
    assert found.hidden_files == tuple(f"m{number}.py" for number in range(2, 10))


def test_the_manifest_is_shown_where_nothing_else_differs(tmp_path: Path) -> None:
    write(tmp_path)
    other = manifest(FIRST, spec="4567")
    found = difference(FileSet(FIRST), other, tmp_path)
    assert found.changed == (MANIFEST_NAME,)
    assert '-  "spec_sha256": "0123",' in found.lines


def test_a_change_far_down_a_long_file_has_its_line_number(tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(1, 50_001)]
    write(tmp_path, {"long.py": "\n".join(lines) + "\n"})
    lines[39_999] = "another"
    found = differ(tmp_path, {"long.py": "\n".join(lines) + "\n"})
    assert found.lines[2:10] == (
        "@@ -39997,7 +39997,7 @@",
        " line 39997", " line 39998", " line 39999",
        "-line 40000", "+another",
        " line 40001", " line 40002",
    )  # fmt: skip


def test_of_two_files_without_a_common_line_the_first_lines_are_compared(tmp_path: Path) -> None:
    write(tmp_path, {"long.py": "".join(f"old {n}\n" for n in range(5000))})
    found = differ(tmp_path, {"long.py": "".join(f"new {n}\n" for n in range(5000))}, 4100)
    assert found.lines[2:5] == ("@@ -1,2000 +1,2000 @@", "-old 0", "-old 1")
    assert found.lines[4002:4004] == ("+new 1999", "…")


words = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=30).map(
    lambda lines: "".join(line + "\n" for line in lines)
)


@pytest.mark.skipif(shutil.which("patch") is None, reason="the command `patch` is not installed")
@given(old=words, new=words)
def test_the_lines_turn_the_old_file_into_the_new(
    tmp_path_factory: pytest.TempPathFactory, old: str, new: str
) -> None:
    folder = tmp_path_factory.mktemp("patched")
    owned = Manifest.of(
        FileSet({"x.txt": old}), contract=1, ferrule="1", connector="acme", spec_sha256=""
    )
    (folder / MANIFEST_NAME).write_text(owned.to_text())
    (folder / "x.txt").write_text(old)
    contents = {"x.txt": new.encode(), MANIFEST_NAME: owned.to_text().encode()}
    found = compare(contents, folder)
    assert found.is_empty == (old == new)
    if old != new:
        subprocess.run(
            ["patch", "--quiet", "--unified", folder / "x.txt"],
            input="\n".join(found.lines) + "\n",
            text=True,
            check=True,
        )
    left = folder / "x.txt"
    assert (left.read_text() if left.exists() else "") == new
