"""The pages about the rules of the check pass show what the rules really do."""

import re

import pytest

from ferrule.diagnostics import Diagnostic, Report, Severity
from ferrule.diagnostics.rules import CHECK_RULES
from ferrule.forms.source import SourceFile
from ferrule.passes.check import check
from ferrule.passes.parse import parse
from tests.services.real import REPOSITORY

NAMES = [name for name, _, _ in CHECK_RULES]
EXAMPLE = re.compile(r"^(Wrong|Right):\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEAD = "ferrule: 1\nconnector: shop\nversion: 1.0.0\n"
BASE_URL = "base_url: https://api.shop.example\n"


def page_of(name: str) -> str:
    return (REPOSITORY / "docs" / "rules" / f"{name}.md").read_text(encoding="utf-8")


def completed(example: str) -> str:
    """A whole spec: an example that does not begin like one gets the head of one."""
    if example.startswith("ferrule:"):
        return example
    return HEAD + ("" if "base_url:" in example else BASE_URL) + example


def findings_of(example: str) -> list[Diagnostic]:
    report = Report()
    tree = parse(SourceFile("spec.yaml", completed(example)), report)
    assert tree is not None, list(report)
    check(tree, report)
    return list(report)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_what_is_wrong_and_what_is_right(name: str) -> None:
    page = page_of(name)
    assert page.startswith(f"# {name}\n\n")
    examples = dict(EXAMPLE.findall(page))
    assert set(examples) == {"Wrong", "Right"}
    wrong, right = findings_of(examples["Wrong"]), findings_of(examples["Right"])
    assert name in {found.rule for found in wrong}
    assert name not in {found.rule for found in right}
    assert not [found for found in right if found.severity is Severity.error], right


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_example_is_wrong_in_one_way(name: str) -> None:
    wrong = findings_of(dict(EXAMPLE.findall(page_of(name)))["Wrong"])
    assert {found.rule for found in wrong} - {name, "not-checked", "unused"} == set()


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_short(name: str) -> None:
    assert max(map(len, page_of(name).splitlines())) <= 100
