"""`ferrule fmt`: in place, as a gate, as a diff, through pipes."""

import pytest

from tests.cli.calling import Ferrule, process
from tests.cli.specs import ACME

RAGGED = ACME.replace("title: Acme", "title:   Acme   #ours").replace("settings: {", "settings: { ")


@pytest.fixture
def tidy(ferrule: Ferrule) -> str:
    ferrule.write("tidy.yaml", RAGGED)
    assert ferrule("fmt", "tidy.yaml") == (0, "", "")
    return (ferrule.folder / "tidy.yaml").read_text()


def test_files_are_formatted_in_place(ferrule: Ferrule, tidy: str) -> None:
    assert "title: Acme  # ours\n" in tidy
    assert "settings: {api_key: secret}\n" in tidy
    before = (ferrule.folder / "tidy.yaml").stat().st_mtime_ns
    assert ferrule("fmt", "tidy.yaml") == (0, "", "")
    assert (ferrule.folder / "tidy.yaml").stat().st_mtime_ns == before


def test_check_names_what_is_not_formatted_and_writes_nothing(ferrule: Ferrule, tidy: str) -> None:
    ferrule.write("specs/a.yaml", RAGGED)
    ferrule.write("specs/b.yaml", tidy)
    assert ferrule("fmt", "specs", "--check") == (1, "specs/a.yaml\n", "")
    assert (ferrule.folder / "specs/a.yaml").read_text() == RAGGED
    assert ferrule("fmt", "specs/b.yaml", "--check") == (0, "", "")


def test_diff_shows_what_would_change(ferrule: Ferrule) -> None:
    ferrule.write("a.yaml", RAGGED)
    code, out, err = ferrule("fmt", "a.yaml", "--diff")
    assert (code, err) == (1, "")
    assert out.startswith("--- a.yaml\n+++ a.yaml\n")
    assert "-title:   Acme   #ours\n+title: Acme  # ours\n" in out
    assert (ferrule.folder / "a.yaml").read_text() == RAGGED


def test_stdin_goes_to_stdout(tidy: str) -> None:
    done = process("fmt", "-", stdin=RAGGED.encode())
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, tidy, b"")


def test_what_is_no_yaml_is_told_on_stderr_and_left_alone(ferrule: Ferrule) -> None:
    ferrule.write("specs/a.yaml", "a: [\n")
    ferrule.write("specs/b.yaml", RAGGED)
    code, out, err = ferrule("fmt", "specs")
    assert (code, out) == (1, "")
    assert "specs/a.yaml:1:4  error[unclosed-bracket]" in err
    assert (ferrule.folder / "specs/a.yaml").read_text() == "a: [\n"
    assert "title: Acme  # ours" in (ferrule.folder / "specs/b.yaml").read_text()


def test_a_spec_that_is_wrong_in_other_ways_is_formatted(ferrule: Ferrule) -> None:
    ferrule.write("a.yaml", "ferrule:   1\nnonsense: [ 1 ]\n")
    assert ferrule("fmt", "a.yaml").code == 0
    assert (ferrule.folder / "a.yaml").read_text() == "ferrule: 1\nnonsense: [1]\n"
