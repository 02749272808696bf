"""The pages about the rules of the check pass show what the rules really do."""

import re
from pathlib import Path

import pytest

from ferrule.diagnostics import Diagnostic, Report, Severity
from ferrule.diagnostics.rules import CHECK_RULES
from ferrule.pipeline import check_spec
from tests.services.real import REPOSITORY

NAMES = [name for name, _, _ in CHECK_RULES]
BLOCK = re.compile(r'```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# Blocks that follow each other without a word between them.
EXAMPLE = re.compile(
    r"^(Wrong|Right):\n((?:\n```[^`\n]+\n(?:(?!```).*\n)*```(?:\n|\Z))+)", re.MULTILINE
)
HEAD = "ferrule: 1\nconnector: shop\nversion: 1.0.0\n"
BASE_URL = "base_url: https://api.shop.example\n"


def page_of(name: str) -> str:
    return (REPOSITORY / "docs" / "rules" / f"{name}.md").read_text(encoding="utf-8")


def completed(example: str) -> str:
    """A whole spec: an example that does not begin like one gets the head of one."""
    if example.startswith("ferrule:"):
        return example
    return HEAD + ("" if "base_url:" in example else BASE_URL) + example


def written(example: str, folder: Path) -> Path:
    """The spec of an example, and beside it the files whose blocks have a title."""
    (kind, title, spec), *others = BLOCK.findall(example)
    assert (kind, title) == ("yaml", "")
    for kind, title, text in others:
        assert (kind, title.rpartition(".")[2]) in (("yaml", "yaml"), ("python", "py"))
        file = folder / title
        assert file.resolve().is_relative_to(folder.resolve())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    whole = folder / "shop.yaml"
    assert not whole.exists()
    whole.write_text(completed(spec), encoding="utf-8")
    return whole


def findings_of(example: str, folder: Path) -> list[Diagnostic]:
    folder.mkdir()
    report = Report()
    check_spec(written(example, folder), report)
    return list(report)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_what_is_wrong_and_what_is_right(name: str, tmp_path: Path) -> None:
    page = page_of(name)
    assert page.startswith(f"# {name}\n\n")
    examples = dict(EXAMPLE.findall(page))
    assert set(examples) == {"Wrong", "Right"}
    wrong = findings_of(examples["Wrong"], tmp_path / "wrong")
    right = findings_of(examples["Right"], tmp_path / "right")
    assert name in {found.rule for found in wrong}
    assert name not in {found.rule for found in right}
    assert not [found for found in right if found.severity is Severity.error], right


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_example_is_wrong_in_one_way(name: str, tmp_path: Path) -> None:
    wrong = findings_of(dict(EXAMPLE.findall(page_of(name)))["Wrong"], tmp_path / "wrong")
    assert {found.rule for found in wrong} - {name, "not-checked", "unused"} == set()


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_short(name: str) -> None:
    assert max(map(len, page_of(name).splitlines())) <= 100
