"""Every block is of a kind that is tried, every spec compiles, every link leads somewhere."""

import re
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.formatting import formatted
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec
from tests.docs.pages import PAGES, Block, blocks
from tests.services.real import REPOSITORY

# What a fragment lacks of a whole spec.
HEAD = {
    "ferrule": "ferrule: 1",
    "connector": "connector: acme",
    "version": "version: 1.0.0",
    "base_url": "base_url: https://api.acme.example",
    "actions": "actions: {me: {get: /me, returns: any}}",
}
LINK = re.compile(r"\]\((?!https?://)(?P<goal>[^)#]+)\)")


def whole(text: str) -> str:
    """A spec of these lines, with what they lack in front of them."""
    keys = {line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()}
    return "".join(f"{line}\n" for key, line in HEAD.items() if key not in keys) + text


def test_every_block_is_tried() -> None:
    kinds = {"yaml", "python", "console"}
    for page in PAGES:
        fences = page.read_text(encoding="utf-8").count("```")
        assert fences == 2 * len(blocks(*kinds, pages=[page])), f"{page.name}: an unknown block"


@pytest.mark.parametrize("block", blocks("yaml"), ids=lambda block: block.name)
def test_every_spec_compiles(block: Block) -> None:
    report = Report()
    package = compile_spec(SourceFile(block.name, whole(block.text)), report)
    errors = [each for each in report if each.severity.name != "info"]
    assert not errors, [f"{each.position}: {each.message}" for each in errors]
    assert package is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / match["goal"]).exists(), match["goal"]


@pytest.mark.parametrize("path", sorted((REPOSITORY / "docs/examples").glob("*.yaml")), ids=str)
def test_every_example_is_sound(path: Path) -> None:
    report = Report()
    source = SourceFile.read(path, report)
    assert source is not None
    assert compile_spec(source, report) is not None
    assert [f"{each.position}: {each.message}" for each in report] == []
    assert formatted(source, Report()) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", sorted((REPOSITORY / "docs").glob("*/*.md")), ids=str)
def test_every_link_of_the_inner_pages_leads_somewhere(page: Path) -> None:
    if page.parent.name in ("rules", "decisions"):
        return
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        assert (page.parent / match["goal"]).exists(), match["goal"]
