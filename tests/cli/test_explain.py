"""`ferrule explain`: a page about each rule."""

import pytest

from ferrule.diagnostics import RULES
from tests.cli.calling import Ferrule


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
