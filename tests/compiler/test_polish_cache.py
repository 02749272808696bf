"""What black made is kept, and what is damaged is made again."""

from pathlib import Path

import pytest

from ferrule.passes.polish import cache

TEXT, POLISHED = "x = (1)\n", "x = 1\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache.keep(TEXT, POLISHED)
    (made,) = (path for path in tmp_path.rglob("*") if path.is_file())
    return made


def test_what_was_kept_is_found_by_its_text_alone(place: Path) -> None:
    assert cache.kept(TEXT) == POLISHED
    assert cache.kept(TEXT + "\n") is None


@pytest.mark.parametrize("damaged", [b"", b"x = 2\n", b"\xff", b"0" * 64 + b"\nx = 2\n"])
def test_damage_is_noticed_and_mended(place: Path, damaged: bytes) -> None:
    place.write_bytes(damaged)
    assert cache.kept(TEXT) is None
    cache.keep(TEXT, POLISHED)
    assert cache.kept(TEXT) == POLISHED


def test_an_entry_proves_nothing_in_the_place_of_another(place: Path) -> None:
    other = "y = (1)\n"
    cache.keep(other, "y = 1\n")
    found = {path for path in place.parents[1].rglob("*") if path.is_file()} - {place}
    place.write_bytes(found.pop().read_bytes())
    assert cache.kept(TEXT) is None


def test_a_folder_that_cannot_be_written_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    cache.keep(TEXT, POLISHED)
    assert cache.kept(TEXT) is None
