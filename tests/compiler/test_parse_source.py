"""Reading a file: what is wrong with it is a finding, and places are counted in code points."""

from pathlib import Path

import pytest

from ferrule.diagnostics import Diagnostic, Report, Span
from ferrule.diagnostics.rules import READ_RULES
from ferrule.forms.source import SourceFile


def read(path: Path, *, size_limit: int = 1000) -> tuple[SourceFile | None, list[Diagnostic]]:
    report = Report()
    source = SourceFile.read(path, report, size_limit=size_limit)
    return source, list(report)


def refused(path: Path, *, size_limit: int = 1000) -> Diagnostic:
    source, (finding,) = read(path, size_limit=size_limit)
    assert source is None
    assert finding.path == str(path)
    return finding


@pytest.mark.parametrize("content", [b"a: 1\n", b"\xef\xbb\xbfa: 1\n"])
def test_a_file_is_read_without_its_byte_order_mark(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(content)
    source, found = read(path)
    assert source == SourceFile(str(path), "a: 1\n")
    assert not found


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.yaml").rule == "file-not-found"
    assert refused(tmp_path / "no" / "where.yaml").rule == "file-not-found"


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path).rule == "not-a-file"


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0byte"])
def test_a_name_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).rule == "unreadable-file"


def test_the_size_limit_is_in_bytes(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text("a: é\n", encoding="utf-8")
    assert read(path, size_limit=6)[0] is not None
    finding = refused(path, size_limit=5)
    assert finding.rule == "too-large"
    assert "5 bytes" in finding.message
    path.write_bytes(b"#" * 4096)
    assert "2 KiB" in refused(path, size_limit=2048).message


def test_an_endless_file_is_not_read_to_its_end() -> None:
    path = Path("/dev/zero")
    if not path.exists():
        pytest.skip("this system has no /dev/zero")
    assert refused(path).rule == "too-large"


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(content)
    finding = refused(path)
    assert (finding.rule, finding.position) == ("empty-file", (1, 1))


@pytest.mark.parametrize(
    ("content", "place", "help_text"),
    [
        (b"a: 1\nb: caf\xe9\n", (2, 7), "Latin-1"),
        ("é: \n".encode() + b"\xff", (2, 1), "Latin-1"),
        (b"a: \xed\xa0\x80\n", (1, 4), "Latin-1"),
        (b"a: \xc0\xaf\n", (1, 4), "Latin-1"),
        ("a: 1\n".encode("utf-16"), (1, 1), "UTF-16"),
        ("\xe9: 1\n".encode("utf-16-le"), (1, 1), "UTF-16"),
    ],
)
def test_other_encodings(
    tmp_path: Path, content: bytes, place: tuple[int, int], help_text: str
) -> None:
    path = tmp_path / "spec.yaml"
    path.write_bytes(content)
    finding = refused(path)
    assert (finding.rule, finding.position) == ("not-utf8", place)
    assert help_text in (finding.help or "")


def test_every_rule_about_files_is_shown_here() -> None:
    shown = {
        "file-not-found",
        "not-a-file",
        "unreadable-file",
        "too-large",
        "not-utf8",
        "empty-file",
    }
    assert shown == {name for name, _, _ in READ_RULES}


def test_positions_count_code_points_from_one() -> None:
    source = SourceFile("x", "a😀b\r\nc\rd\n\ne")
    assert [source.position(index) for index in range(len(source.text) + 1)] == [
        *((1, 1), (1, 2), (1, 3), (1, 4), (1, 5)),
        *((2, 1), (2, 2)),
        *((3, 1), (3, 2)),
        (4, 1),
        *((5, 1), (5, 2)),
    ]
    assert [source.line(number) for number in range(1, 6)] == ["a😀b", "c", "d", "", "e"]


def test_positions_outside_are_moved_inside() -> None:
    source = SourceFile("x", "ab\n")
    assert source.position(-5) == (1, 1)
    assert source.position(99) == (2, 1)
    assert SourceFile("x", "").position(7) == (1, 1)


def test_sources_are_equal_by_path_and_text() -> None:
    one, other = SourceFile("x", "a\nb"), SourceFile("x", "a\nb")
    assert one.position(2) == (2, 1)
    assert one == other
    assert hash(one) == hash(other)
    assert "line_starts" not in repr(one)
    assert Span(1, 2) < Span(2, 1)
