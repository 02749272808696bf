"""What a shell completes: specs, rules, and the actions of the spec that stands before them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SUFFIXES = (".yaml", ".yml")


def complete_specs(
    ctx: click.Context,  # noqa: ARG001 (as click calls it)
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """YAML files, and the folders on the way to them."""
    from click.shell_completion import CompletionItem

    folder, _, beginning = incomplete.rpartition("/")
    parent = Path(folder or ("/" if incomplete.startswith("/") else "."))
    try:
        entries = sorted(parent.iterdir())
    except OSError:
        return []
    prefix = incomplete.removesuffix(beginning)
    return [
        CompletionItem(f"{prefix}{entry.name}{'/' if entry.is_dir() else ''}")
        for entry in entries
        if entry.name.startswith(beginning)
        and (entry.is_dir() or entry.name.endswith(_SUFFIXES))
        and (beginning.startswith(".") or not entry.name.startswith("."))
    ]


def complete_rules(
    ctx: click.Context,  # noqa: ARG001 (as click calls it)
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[CompletionItem]:
    """The names of rules, each with what it asks for; behind a comma the next one."""
    from click.shell_completion import CompletionItem

    from ferrule.diagnostics import RULES

    before, comma, beginning = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{rule.name}", help=rule.summary)
        for rule in RULES.values()
        if rule.name.startswith(beginning)
    ]


def complete_actions(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 (as click calls it)
    incomplete: str,
) -> list[CompletionItem]:
    """The actions of the spec on the line, each with its summary."""
    from click.shell_completion import CompletionItem

    spec = ctx.params.get("spec")
    actions = _actions(Path(spec)) if isinstance(spec, str) else {}
    return [
        CompletionItem(name, help=_summary(action))
        for name, action in actions.items()
        if name.startswith(incomplete)
    ]


def _summary(action: object) -> str | None:
    summary = action.get("summary") if isinstance(action, dict) else None
    return summary if isinstance(summary, str) else None


def _actions(path: Path) -> dict[str, object]:
    from ferrule.diagnostics import Report
    from ferrule.forms.source import SourceFile
    from ferrule.passes.parse import parse

    report = Report()
    source = SourceFile.read(path, report) if path.is_file() else None
    tree = None if source is None else parse(source, report)
    actions = None if tree is None else tree.data.get("actions")
    return actions if isinstance(actions, dict) else {}
