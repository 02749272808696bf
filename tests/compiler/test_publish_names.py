"""What the names of output files may be, for any text."""

import ntpath
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

from hypothesis import given
from hypothesis import strategies as st

from ferrule.passes.publish.names import fault_of_path, folded, folders_of, twins


def _is_reserved(path: PureWindowsPath) -> bool:
    """Whether Windows keeps the name for something else, asked as each Python wants it."""
    asked = getattr(ntpath, "isreserved", None)
    return bool(path.is_reserved() if asked is None else asked(str(path)))


SOUND = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}[A-Za-z0-9_-]", fullmatch=True)


@given(st.text() | st.from_regex(r"[./\\a-cA-C:~ ]{0,12}", fullmatch=True))
def test_a_path_without_fault_stays_below_its_folder(name: str) -> None:
    if fault_of_path(name) is not None:
        return
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    assert not posix.is_absolute()
    assert not windows.is_absolute()
    assert not windows.drive
    assert not _is_reserved(windows)
    assert posix.parts == windows.parts == tuple(name.split("/"))
    assert not {"..", ".", ""} & set(posix.parts)
    assert (Path("/out") / name).resolve().is_relative_to("/out")
    assert name.encode("utf-8")


@given(
    st.lists(st.sampled_from(["con", "x", "models", "client.py", "a-b", "py.typed"]), min_size=1)
)
def test_ordinary_paths_have_no_fault(parts: list[str]) -> None:
    fault = fault_of_path("/".join(parts))
    assert (fault is None) == ("con" not in parts)


@given(SOUND, SOUND)
def test_twins_are_found_in_any_spelling(one: str, other: str) -> None:
    pairs = list(twins([one, other]))
    assert bool(pairs) == (one != other and one.lower() == other.lower())


@given(st.text())
def test_folding_knows_neither_case_nor_form(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


def test_a_file_inside_a_file_is_a_twin() -> None:
    assert list(twins(["a", "a/b/c"])) == [("a", "a/b/c")]
    assert list(twins(["a/b", "a/c"])) == []
    assert list(twins(["A/b", "a/c"])) == [("A", "a")]


def test_folders_of_a_path() -> None:
    assert folders_of("a/b/c.py") == ["a/b", "a"]
    assert folders_of("a.py") == []
