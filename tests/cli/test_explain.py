"""`ferrule explain`: a page about each rule."""

import tomllib

import pytest

from ferrule.diagnostics import RULES
from tests.cli.calling import Ferrule
from tests.services.real import REPOSITORY


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(ferrule: Ferrule, rule: str) -> None:
    code, out, err = ferrule("explain", rule)
    assert (code, err) == (0, "")
    assert out.startswith(f"# {rule}\n\n")


def test_without_a_name_all_rules_are_listed(ferrule: Ferrule) -> None:
    code, out, err = ferrule("explain")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(RULES)


def test_a_mistyped_rule_is_guessed(ferrule: Ferrule) -> None:
    code, out, err = ferrule("explain", "unknown-kye")
    assert (code, out) == (2, "")
    assert err.endswith("Error: there is no rule `unknown-kye`; did you mean `unknown-key`?\n")


@pytest.mark.parametrize("word", ["../../README", "/etc/passwd", "torn-value/../x", ""])
def test_only_rules_are_pages(ferrule: Ferrule, word: str) -> None:
    code, out, _ = ferrule("explain", word)
    assert (code, out) == (2, "")


def test_every_page_is_about_a_rule() -> None:
    pages = sorted((REPOSITORY / "docs" / "rules").glob("*.md"))
    assert pages
    for page in pages:
        assert page.stem in RULES
        assert page.read_text().startswith(f"# {page.stem}\n\n")


def test_the_pages_go_into_the_wheel() -> None:
    about = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    wheel = about["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "docs/rules" in wheel["only-include"]
    assert wheel["sources"]["docs/rules"] == "ferrule/rules"
