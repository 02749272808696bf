"""The pages about the rules of reading and parsing show what the rules really do."""

import re

import pytest

from ferrule.diagnostics.rules import PARSE_RULES, READ_RULES
from tests.compiler.parsing import data_of, findings_of
from tests.services.real import REPOSITORY

NAMES = [name for name, _, _ in (*READ_RULES, *PARSE_RULES)]
EXAMPLE = re.compile(r"^(Wrong|Right):\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def page_of(name: str) -> str:
    return (REPOSITORY / "docs" / "rules" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_what_the_page_says(name: str) -> None:
    page = page_of(name)
    assert page.startswith(f"# {name}\n\n")
    for kind, text in EXAMPLE.findall(page):
        if kind == "Wrong":
            assert {found.rule for found in findings_of(text)} == {name}
        else:
            assert data_of(text)


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_short(name: str) -> None:
    assert max(map(len, page_of(name).splitlines())) <= 100


def test_most_pages_show_both() -> None:
    shown = [name for name in NAMES if "Wrong:" in page_of(name) and "Right:" in page_of(name)]
    assert len(shown) >= 25
