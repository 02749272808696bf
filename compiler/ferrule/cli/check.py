"""`ferrule check`: tells everything that is wrong with specs."""

from __future__ import annotations

import click

from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, show_findings
from ferrule.cli.specs import find_specs
from ferrule.cli.verb import Verb, findings_option


@click.command(
    cls=Verb,
    examples=(
        ("ferrule check specs/acme.yaml", "one spec"),
        ("ferrule check specs --output-format github", "all in a folder, as annotations on GitHub"),
        ("ferrule check - --stdin-name specs/acme.yaml", "what an editor has not saved yet"),
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@findings_option
@click.option("--strict", is_flag=True, help="Let warnings fail the run too.")
@click.option(
    "--stdin-name", default="<stdin>", help="The name that findings give to what comes from stdin."
)
def command(
    paths: tuple[str, ...], output_format: str, strict: bool, stdin_name: str, color: str
) -> int:
    """Say everything that is wrong with specs: files, folders, or `-` for stdin.

    Also says what could not be checked, because the spec does not declare it.
    """
    specs = find_specs(paths)
    from ferrule.diagnostics import Report
    from ferrule.pipeline import check_spec

    console, report = Console(color), Report()
    for path in specs:
        spec = read_spec(path, report, stdin_name)
        if spec is not None:
            check_spec(spec, report)
    show_findings(report, output_format, console)
    is_fine = not report.has_errors and not (strict and report.warnings)
    if not len(report):
        console.progress(f"{len(specs)} spec{'' if len(specs) == 1 else 's'}, no findings")
    return 0 if is_fine else 1
