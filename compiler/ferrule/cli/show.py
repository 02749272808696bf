"""`ferrule show`: shows a spec with everything filled in, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ferrule.cli.completion import complete_actions, complete_specs
from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, show_findings
from ferrule.cli.specs import find_specs
from ferrule.cli.verb import Verb

if TYPE_CHECKING:
    from ferrule.cli.resolved import Shown


@click.command(
    cls=Verb,
    examples=(
        ("ferrule show specs/acme.yaml", "everything, as YAML; comments name the origin"),
        ("ferrule show specs/acme.yaml users.list", "one action"),
        ("ferrule show specs/acme.yaml --format table", "the actions, one a line"),
        ("ferrule show acme.yaml users.list --format table", "its values, one a line"),
    ),
)
@click.argument("spec", shell_complete=complete_specs)
@click.argument("actions", nargs=-1, metavar="[ACTIONS]...", shell_complete=complete_actions)
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json", "table"]),
    default="yaml",
    show_default=True,
    help="How the spec is written.",
)
def command(spec: str, actions: tuple[str, ...], form: str, color: str) -> int:
    """Show a spec as ferrule understands it.

    Each action has what it inherits and what holds by default. Everything is told with the line
    that it comes from.
    """
    paths = find_specs([spec])
    if len(paths) > 1:
        raise click.UsageError(f"{spec} holds {len(paths)} specs; name one of them")
    console = Console(color)
    shown = _resolved(paths[0], console)
    if shown is None:
        return 1
    _require_known(actions, shown)
    if actions:
        chosen = {name: shown.value["actions"].value[name] for name in actions}
        shown = type(shown)({"actions": type(shown)(chosen)})
    if form == "table" and actions:
        console.result(_values_table(shown, console))
    else:
        console.result(_written(shown, form, console))
    return 0


def _resolved(path: Path, console: Console) -> Shown | None:
    from ferrule.diagnostics import Report
    from ferrule.pipeline import check_spec

    report = Report()
    spec = read_spec(path, report)
    checked = check_spec(spec, report) if spec is not None else None
    if checked is None:
        show_findings(report.errors, "text", console)
        return None
    from ferrule.cli.resolved import resolved

    return resolved(checked)


def _require_known(actions: tuple[str, ...], shown: Shown) -> None:
    known = shown.value["actions"].value if "actions" in shown.value else {}
    for name in actions:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, 1)
            guess = f"; did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(f"there is no action `{name}`{guess}")


def _written(shown: Shown, form: str, console: Console) -> str:
    if form == "json":
        document = {"spec": shown.plain(), "origins": dict(_origins(shown, ""))}
        return json.dumps(document, indent=2, ensure_ascii=False)
    if form == "table":
        return _table(shown, console)
    from ferrule.cli.yaml_text import yaml_text

    paint = ("\x1b[2m", "\x1b[0m") if console.is_coloured else ("", "")
    return yaml_text(shown, dim=paint[0], reset=paint[1])


def _origins(shown: Shown, pointer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The origin of every value that has one of its own, by JSON pointer."""
    if shown.origin is not None:
        line = {} if shown.origin.line is None else {"line": shown.origin.line}
        file = {} if shown.origin.file is None else {"file": shown.origin.file}
        yield pointer, {"from": shown.origin.kind, **line, **file}
        return
    inner = shown.value
    named = inner.items() if isinstance(inner, dict) else enumerate(inner)
    for key, value in named:
        part = str(key).replace("~", "~0").replace("/", "~1")
        yield from _origins(value, f"{pointer}/{part}")


def _table(shown: Shown, console: Console) -> str:
    actions = shown.plain().get("actions", {})
    rows = [_row(name, action) for name, action in actions.items()]
    return _columns([("action", "request", "returns", "pages", "notes"), *rows], console)


def _values_table(shown: Shown, console: Console) -> str:
    """The single values of actions below each other, each with where it comes from."""
    actions = shown.value["actions"].value
    rows = [row for name, action in actions.items() for row in _values(action, (name,), "")]
    return _columns([("key", "value", "from"), *rows], console)


def _values(shown: Shown, path: tuple[str, ...], origin: str) -> Iterator[tuple[str, ...]]:
    origin = str(shown.origin) or "spec" if shown.origin is not None else origin
    inner = shown.value
    if isinstance(inner, dict | list) and inner:
        named = inner.items() if isinstance(inner, dict) else enumerate(inner)
        for key, value in named:
            yield from _values(value, (*path, str(key)), origin)
        return
    text = inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False)
    yield " ".join(path), " ".join(text.split()), origin


def _columns(rows: list[tuple[str, ...]], console: Console) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(f"{cell:{size}}" for cell, size in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if console.is_coloured:
        lines[0] = click.style(lines[0], bold=True)
    return "\n".join(lines)


def _requests(several: Any) -> Iterator[str]:
    """The requests of steps or of a job, in their order."""
    from ferrule.forms.spec import METHODS

    short = {"start": "post", "poll": "get", "result": "get", "cancel": "delete"}
    named = several.items() if isinstance(several, dict) else (("start", step) for step in several)
    for key, request in named:
        if isinstance(request, dict) and key in short:
            yield next(f"{word.upper()} {request[word]}" for word in METHODS if word in request)
        elif key in short:
            yield f"{short[key].upper()} {request}"


def _row(name: str, action: dict[str, Any]) -> tuple[str, ...]:
    from ferrule.forms.spec import METHODS

    method = next((key for key in METHODS if key in action), None)
    several = action.get("steps") or action.get("job")
    if several is not None:
        request = ", ".join(_requests(several))
    elif method is None:
        request = f"{action.get('method', 'get')} {action.get('url', '')}".upper()
    else:
        request = f"{method.upper()} {action[method]}"
    returns = action["returns"]
    if isinstance(returns, dict):
        returns = " or ".join(dict.fromkeys(str(case) for case in returns.values()))
    paging = action.get("paging")
    style = next(iter(paging), "") if isinstance(paging, dict) else ""
    notes = [
        word
        for word, is_due in (
            ("deprecated", "deprecated" in action),
            ("no auth", action["auth"] == "none"),
            (f"replay {action['replay']}", action["replay"] != "safe"),
        )
        if is_due
    ]
    return name, request, returns.partition(" at ")[0], style, ", ".join(notes)
