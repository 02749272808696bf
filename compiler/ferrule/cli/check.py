"""`ferrule check`: tells everything that is wrong with specs, and mends what is safe to mend."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ferrule.cli.completion import complete_rules, complete_specs
from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, show_findings
from ferrule.cli.specs import STDIN, find_specs
from ferrule.cli.verb import Verb, findings_option

if TYPE_CHECKING:
    from ferrule.diagnostics import Report
    from ferrule.diagnostics.selection import Selection


NOTES = (
    (
        "A warning or note is accepted by a comment beside it, or alone above it: "
        "`# ferrule: ignore[rule] because …`. `ferrule explain` says more about each rule."
    ),
)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule check specs/acme.yaml", "one spec"),
        ("ferrule check specs --output-format github", "all in a folder, as annotations on GitHub"),
        ("ferrule check specs --fix", "mend typing errors in place"),
        ("ferrule check specs --ignore note,unused --strict", "a gate: only unused may warn"),
        ("ferrule check - --stdin-name specs/acme.yaml", "what an editor has not saved yet"),
    ),
    exit_codes=((0, "no errors"), (1, "errors, with --strict warnings too"), (2, "wrong usage")),
    notes=NOTES,
)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...", shell_complete=complete_specs)
@findings_option
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Tell these only: rules, or error, warning, note; with commas between them.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=complete_rules,
    help="Do not tell these: rules, or warning, note.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; comments and layout stay.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option(
    "--stdin-name", default="<stdin>", help="The name that findings give to what comes from stdin."
)
def command(
    paths: tuple[str, ...],
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    stdin_name: str,
    color: str,
) -> int:
    """Say everything that is wrong with specs: files, folders, or `-` for stdin.

    Also says what could not be checked, because the spec does not declare it.
    """
    specs = find_specs(paths)
    selection = _selection(select, ignore)
    console = Console(color)
    if fix or diff:
        _mend(specs, selection, console, is_written=not diff)
        if diff:
            return 0
    return _check(specs, selection, console, output_format, stdin_name, strict=strict)


def _check(
    specs: list[Path],
    selection: Selection,
    console: Console,
    output_format: str,
    stdin_name: str,
    *,
    strict: bool,
) -> int:
    from ferrule.diagnostics import Report
    from ferrule.pipeline import check_spec

    report = Report()
    for path in specs:
        spec = read_spec(path, report, stdin_name)
        if spec is not None:
            check_spec(spec, report)
    told = Report()
    told.extend(finding for finding in report if selection.holds(finding))
    show_findings(told, output_format, console)
    hidden = len(report.errors) - len(told.errors)
    plural = "" if hidden == 1 else "s"
    console.notice_if(hidden > 0, f"{hidden} error{plural} of other rules not shown")
    if not len(told):
        console.progress(f"{_counted(specs)}, no findings")
    return 1 if told.has_errors or (strict and told.warnings) else 0


def _selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    from ferrule.diagnostics.selection import Selection, SelectionError

    try:
        return Selection.read(select, ignore)
    except SelectionError as error:
        raise click.UsageError(str(error)) from None


def _mend(specs: list[Path], selection: Selection, console: Console, *, is_written: bool) -> None:
    from ferrule.cli.changes import show_change, write_change
    from ferrule.diagnostics import Report
    from ferrule.forms.source import SourceFile
    from ferrule.mending import mend

    if any(str(path) == STDIN for path in specs):
        raise click.UsageError("--fix and --diff work on files, not on stdin")
    count = 0
    for path in specs:
        report: Report = Report()
        source = SourceFile.read(path, report)
        mended = None if source is None else mend(source, selection.holds)
        if source is None or mended is None or mended.text == source.text:
            continue
        count += len(mended.applied)
        if is_written:
            write_change(path, source.text, mended.text)
        else:
            show_change(source.path, source.text, mended.text, console)
    console.notice_if(is_written, f"{count} finding{'' if count == 1 else 's'} mended")


def _counted(specs: list[Path]) -> str:
    return f"{len(specs)} spec{'' if len(specs) == 1 else 's'}"
