"""Kept bytes: found by their key, damage noticed, the oldest go when there are too many."""

import os
from pathlib import Path

import pytest

from ferrule import keeping
from ferrule.keeping import Keep


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "ferrule" / "things"


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_kinds_are_kept_apart(folder: Path) -> None:
    Keep("things", most_in_folder=4).write(b"k", b"content")
    assert Keep("things", most_in_folder=4).read(b"k") == b"content"
    assert Keep("others", most_in_folder=4).read(b"k") is None


def test_what_was_not_used_for_the_longest_time_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = Keep("things", most_in_folder=3)
    # One folder for all keys, so that it gets full.
    monkeypatch.setattr(
        Keep, "_place", lambda self, key: str(folder / "00" / key.decode().zfill(62))
    )
    for number in range(3):
        keep.write(b"%d" % number, b"x")
    for number, path in enumerate(sorted(entries(folder))):
        os.utime(path, (number, number))
    assert keep.read(b"0") == b"x"
    keep.write(b"3", b"x")
    assert [path.name[-1] for path in sorted(entries(folder))] == ["0", "2", "3"]


def test_drafts_of_killed_runs_go_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = Keep("things", most_in_folder=1)
    monkeypatch.setattr(Keep, "_place", lambda self, key: str(folder / "00" / ("0" * 62)))
    (folder / "00").mkdir(parents=True)
    draft = folder / "00" / ("0" * 62 + ".0123")
    draft.write_bytes(b"half")
    os.utime(draft, (1, 1))
    keep.write(b"k", b"x")
    assert [path.name for path in entries(folder)] == ["0" * 62]


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert keeping.cache_folder() is None
    keep = Keep("things", most_in_folder=1)
    keep.write(b"k", b"x")
    assert keep.read(b"k") is None
