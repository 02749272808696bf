"""`ferrule fmt`: gives specs their one canonical layout."""

from __future__ import annotations

from pathlib import Path

import click

from ferrule.cli.changes import show_change, write_change
from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, tell_findings
from ferrule.cli.specs import STDIN, find_specs
from ferrule.cli.verb import Verb

NOTES = (
    (
        "Two blanks a level; at most one empty line; maps with `name?` in block style; what does "
        "not fit into 100 columns in block style; comments stay with what they are about. Order, "
        "values and quotes are the author's."
    ),
)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule fmt specs", "format every spec in a folder"),
        ("ferrule fmt specs --check", "for a gate: say which are not formatted"),
        ("ferrule fmt specs --diff", "show what would change"),
        ("ferrule fmt - < specs/acme.yaml", "from stdin to stdout, for editors"),
    ),
    exit_codes=(
        (0, "all is formatted"),
        (1, "with --check or --diff: something is not; or a spec is no YAML"),
        (2, "wrong usage"),
    ),
    notes=NOTES,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", shell_complete=complete_specs)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; name what would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.option(
    "--stdin-name", default="<stdin>", help="The name that findings give to what comes from stdin."
)
def command(
    paths: tuple[str, ...], only_check: bool, diff: bool, stdin_name: str, color: str
) -> int:
    """Give specs their canonical layout: files, folders, or `-` for stdin to stdout."""
    specs = find_specs(paths)
    from ferrule.diagnostics import Report
    from ferrule.formatting import formatted
    from ferrule.forms.source import SourceFile

    console, report, changed = Console(color), Report(), 0
    for path in specs:
        given = read_spec(path, report, stdin_name)
        own = Report()
        source = SourceFile.read(given, own) if isinstance(given, Path) else given
        text = formatted(source, own) if source is not None else None
        report.extend(own)
        if source is None or text is None:
            continue
        is_changed = text != source.text
        changed += is_changed
        if diff:
            show_change(source.path, source.text, text, console)
        elif only_check:
            console.result(source.path if is_changed else "")
        elif str(path) == STDIN:
            console.result(text)
        elif is_changed:
            write_change(path, source.text, text)
            console.progress(f"formatted {source.path}")
    tell_findings(report.errors, console)
    console.progress(f"{changed} of {len(specs)} specs changed")
    return 1 if report.has_errors or ((only_check or diff) and changed) else 0
