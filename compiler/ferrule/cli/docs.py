"""`ferrule docs`: writes reference pages of connectors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.specs import find_specs
from ferrule.cli.verb import Verb, findings_option

if TYPE_CHECKING:
    from ferrule.diagnostics import Report
    from ferrule.forms.reference import Reference


@click.command(
    cls=Verb,
    examples=(
        ("ferrule docs specs -o site", "write site/index.html and what it leads to"),
        ("ferrule docs specs/acme.yaml -o site", "the pages of one connector"),
    ),
)
@click.argument("specs", nargs=-1, required=True, shell_complete=complete_specs)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder of the site.",
)
@findings_option
def command(specs: tuple[str, ...], output: Path, output_format: str, color: str) -> int:
    """Write reference pages: set-up, actions, models, errors, limits, examples to copy.

    They are plain files that work from a folder, without a network; beside each page stands the
    same as Markdown.
    """
    from ferrule.cli.findings import show_findings
    from ferrule.cli.schema import write_text
    from ferrule.diagnostics import Report

    console, report = Console(color), Report()
    made = _references(find_specs(specs), report)
    if made is None:
        show_findings(report, output_format, console)
        console.notice("nothing was written")
        return 1
    from ferrule.exports.docs import site_files

    files = site_files(made)
    for name, text in files.items():
        write_text(output / name, text)
    show_findings(report, output_format, console)
    count = sum(len(each.actions) for one in made for each in one.resources)
    plural = "" if len(made) == 1 else "s"
    console.notice(f"wrote {output / 'index.html'}: {len(made)} connector{plural}, {count} actions")
    return 0


def _references(paths: list[Path], report: Report) -> list[Reference] | None:
    from ferrule.cli.findings import read_spec
    from ferrule.exports.docs import reference_of
    from ferrule.pipeline import check_spec

    found: list[Reference] = []
    for path in paths:
        source = read_spec(path, report)
        checked = check_spec(source, report) if source is not None else None
        if checked is not None:
            found.append(reference_of(checked.spec, checked.tree.data, checked.package))
    if len(found) < len(paths):
        return None
    names = [each.connector for each in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise click.UsageError(
            f"two specs make the connector `{twice}`: their pages are one folder"
        )
    return found
