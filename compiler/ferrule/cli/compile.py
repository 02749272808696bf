"""`ferrule compile`: writes packages, or says what would change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ferrule import freshness
from ferrule.cli.configuration import configuration_file
from ferrule.cli.console import Console
from ferrule.cli.findings import read_spec, show_findings
from ferrule.cli.specs import STDIN, find_specs
from ferrule.cli.verb import Verb, findings_option

if TYPE_CHECKING:
    from ferrule.diagnostics import Report
    from ferrule.passes.publish import Difference, Written
    from ferrule.pipeline import CompiledPackage


@click.command(
    cls=Verb,
    examples=(
        ("ferrule compile specs/acme.yaml -o generated", "write generated/acme"),
        ("ferrule compile specs -o generated --check", "fail and say why if that is out of date"),
        ("ferrule compile specs --templates ours", "with templates of your own before ferrule's"),
    ),
)
@click.argument("specs", nargs=-1, required=True, metavar="SPECS...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="generated",
    show_default=True,
    help="The folder that gets a folder for each connector.",
)
@click.option(
    "--templates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Templates of your own that stand before ferrule's, file by file.",
)
@click.option(
    "--check", "only_compare", is_flag=True, help="Write nothing; show what would change."
)
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited by hand.")
@findings_option
def command(
    specs: tuple[str, ...],
    output: Path,
    templates: Path | None,
    only_compare: bool,
    force: bool,
    output_format: str,
    color: str,
) -> int:
    """Write a package for each spec: files, folders, or `-` for stdin.

    Nothing is written when there are errors. A package is replaced whole or not at all, and what
    others put into its folder is kept.
    """
    paths = find_specs(specs)
    freshness.made_by()
    from ferrule.diagnostics import Report, Severity

    console, report = Console(color), Report()
    packages = _compiled(paths, output, templates, report, console)
    if packages is None:
        outcome = "nothing was written"
    elif only_compare:
        outcome = _compare(packages, output, output_format, report, console)
    else:
        outcome = _write(packages, output, force, report, console)
    told = [finding for finding in report if finding.severity is not Severity.info]
    shown = show_findings(told, output_format, console)
    console.notice_if(report.has_errors, outcome)
    # What own templates hold is not among what a record knows of.
    is_open = (
        packages is None
        or any(each.may_grow for each in packages)
        or templates is not None
        or configuration_file() is not None
    )
    if packages is not None and not is_open and not report.has_errors and STDIN not in specs:
        wished = freshness.wish(specs, str(output), output_format, is_coloured=console.is_coloured)
        _remember(wished, specs, packages, output, shown)
    return 1 if report.has_errors else 0


def _remember(
    wished: bytes,
    specs: tuple[str, ...],
    packages: list[CompiledPackage],
    output: Path,
    shown: str,
) -> None:
    """Leaves word of packages that stand as they should, for the next run."""
    from ferrule.forms.manifest import MANIFEST_NAME, text_sha256

    freshness.remember(
        wished,
        specs,
        {each.path: each.text for package in packages for each in package.inputs},
        {
            str(output / package.manifest.connector): {
                **package.manifest.files,
                MANIFEST_NAME: text_sha256(package.manifest.to_text().encode()),
            }
            for package in packages
        },
        shown,
    )


def _compiled(
    paths: list[Path], output: Path, templates: Path | None, report: Report, console: Console
) -> list[CompiledPackage] | None:
    from ferrule.pipeline import compile_specs

    specs = [spec for path in paths if (spec := read_spec(path, report)) is not None]
    packages = compile_specs(
        specs,
        report,
        out=output,
        templates=templates,
        on_start=lambda spec: console.progress(f"compiling {spec}"),
    )
    return packages if len(specs) == len(paths) else None


def _write(
    packages: list[CompiledPackage], output: Path, force: bool, report: Report, console: Console
) -> str:
    from ferrule.pipeline import write_packages

    written = write_packages(packages, output, report, force=force)
    for one in written:
        console.progress(_written_text(one))
    return f"{len(written)} of {len(packages)} packages written"


def _written_text(written: Written) -> str:
    if written.is_unchanged:
        return f"{written.folder} is up to date"
    removed = f", {len(written.removed)} removed" if written.removed else ""
    return f"{written.folder}: {len(written.changed)} files written{removed}"


def _compare(
    packages: list[CompiledPackage],
    output: Path,
    output_format: str,
    report: Report,
    console: Console,
) -> str:
    from ferrule.pipeline import compare_packages

    out_of_date = compare_packages(packages, output, report)
    for one in out_of_date:
        if output_format == "text":
            console.difference(one.lines)
            console.result(f"{_hidden_text(one)}\n")
    return f"{len(out_of_date)} of {len(packages)} packages out of date"


def _hidden_text(difference: Difference) -> str:
    count = len(difference.hidden_files)
    return f"… and {count} more file{'' if count == 1 else 's'}\n" if count else ""
