"""`ferrule compile`: writes packages, or says what would change."""

from __future__ import annotations

from pathlib import Path

import click

from ferrule import freshness
from ferrule.cli.compiling import CompileRun
from ferrule.cli.completion import complete_specs
from ferrule.cli.specs import STDIN
from ferrule.cli.verb import Verb, findings_option


@click.command(
    cls=Verb,
    examples=(
        ("ferrule compile specs/acme.yaml -o generated", "write generated/acme"),
        ("ferrule compile specs -o generated --check", "fail and say why if that is out of date"),
        ("ferrule compile specs --templates ours", "with templates of your own before ferrule's"),
        ("ferrule compile specs --jobs 0", "use all cores"),
        ("ferrule compile specs --watch", "compile again whenever a spec is saved"),
    ),
)
@click.argument("specs", nargs=-1, required=True, metavar="SPECS...", shell_complete=complete_specs)
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
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    metavar="N",
    help="How many specs are compiled at a time; 0 for as many as there are cores.",
)
@click.option(
    "--depfile",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write there what each package was made from, for make and ninja.",
)
@click.option(
    "--watch", is_flag=True, help="Compile what is saved, until interrupted (extra `watch`)."
)
@findings_option
def command(
    specs: tuple[str, ...],
    output: Path,
    templates: Path | None,
    only_compare: bool,
    force: bool,
    jobs: int,
    depfile: Path | None,
    watch: bool,
    output_format: str,
    color: str,
) -> int:
    """Write a package for each spec: files, folders, or `-` for stdin.

    Nothing is written when there are errors. A package is replaced whole or not at all, and what
    others put into its folder is kept.
    """
    freshness.made_by()
    run = CompileRun(
        specs, output, templates, only_compare, force, jobs, depfile, output_format, color
    )
    if not watch:
        return run.once()
    if only_compare or STDIN in specs:
        raise click.UsageError("--watch goes neither with --check nor with `-`")
    from ferrule.cli.watching import watch_specs

    return watch_specs(run)
