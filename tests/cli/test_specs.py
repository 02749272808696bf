"""Which spec files the words of a command name."""

from pathlib import Path

import click
import pytest

from ferrule.cli.specs import find_specs


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    names = ["b.yaml", "a.yml", "c.json", "deep/er/d.yaml", ".hidden/e.yaml", ".f.yaml", "empty/x"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*words: str) -> list[str]:
    return [path.as_posix() for path in find_specs(words)]


def test_a_folder_names_the_specs_below_it(tree: Path) -> None:
    assert found(".") == ["a.yml", "b.yaml", "deep/er/d.yaml"]
    assert found("deep") == ["deep/er/d.yaml"]


def test_a_file_names_itself_whatever_it_is_called(tree: Path) -> None:
    assert found("c.json", ".f.yaml") == ["c.json", ".f.yaml"]


def test_each_file_is_named_once(tree: Path) -> None:
    assert found("b.yaml", ".", "./b.yaml", "deep/../b.yaml") == [
        "b.yaml", "a.yml", "deep/er/d.yaml",
    ]  # fmt: skip


def test_a_dash_is_stdin(tree: Path) -> None:
    assert found("-", "b.yaml") == ["-", "b.yaml"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("empty", "there is no .yaml file in the folder empty"),
        ("bb.yaml", "there is no file bb.yaml; did you mean b.yaml?"),
        ("nothing-like-it", "there is no file nothing-like-it"),
        ("no/where.yaml", "there is no file no/where.yaml: there is no folder no"),
        ("deep/er/dd.yaml", "there is no file deep/er/dd.yaml; did you mean deep/er/d.yaml?"),
    ],
)
def test_what_is_not_there_is_wrong_usage(tree: Path, word: str, message: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        find_specs([word])
    assert caught.value.message == message
