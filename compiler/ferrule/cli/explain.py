"""`ferrule explain`: prints the page about a rule."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import click

import ferrule
from ferrule.cli.completion import complete_rules
from ferrule.cli.console import Console
from ferrule.cli.verb import Verb


@click.command(
    cls=Verb,
    examples=(
        ("ferrule explain torn-value", "print the page about a rule"),
        ("ferrule explain", "list all rules"),
    ),
)
@click.argument("rule", required=False, shell_complete=complete_rules)
def command(rule: str | None, color: str) -> None:
    """Explain a rule that a finding names, or list all rules."""
    from ferrule.diagnostics import RULES

    console = Console(color)
    if rule is None:
        width = max(map(len, RULES))
        console.result("\n".join(f"{row.name:{width}}  {row.summary}" for row in RULES.values()))
        return
    if rule not in RULES:
        near = get_close_matches(rule, RULES, 1)
        guess = f"did you mean `{near[0]}`?" if near else "`ferrule explain` lists all of them"
        raise click.UsageError(f"there is no rule `{rule}`; {guess}")
    console.result(_page(rule, RULES[rule].summary))


def _page(rule: str, summary: str) -> str:
    page = _rules_folder() / f"{rule}.md"
    try:
        return page.read_text(encoding="utf-8")
    except FileNotFoundError:
        return f"# {rule}\n\n{summary}\n"


def _rules_folder() -> Path:
    """The pages as they ship in the wheel, or in the repository from which ferrule runs."""
    package = Path(ferrule.__file__).parent
    shipped = package / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "docs" / "rules"
