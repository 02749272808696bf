"""`ferrule import openapi`: makes a spec from an OpenAPI document; keeps what its author edits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from ferrule.cli.console import Console
from ferrule.cli.specs import STDIN
from ferrule.cli.verb import Verb, findings_option

if TYPE_CHECKING:
    from ferrule.diagnostics import Report
    from ferrule.forms.tree import SpecTree
    from ferrule.imports.openapi import Imported
    from ferrule.imports.openapi.documents import Document
    from ferrule.imports.openapi.validation import Validation
    from ferrule.imports.renewal import Renewed

STATE_FOLDER = ".imported"


@click.command(
    cls=Verb,
    examples=(
        ("ferrule import openapi petstore.yaml -o specs/petstore.yaml", "make a spec, or renew it"),
        ("ferrule import openapi https://api.acme.com/openapi.json", "see what would be made"),
        ("ferrule import openapi a.yaml --allow-host api.acme.com", "follow references there"),
    ),
)
@click.argument("form", type=click.Choice(["openapi"]), metavar="openapi")
@click.argument("document", metavar="DOC")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The spec to write. One that is there is renewed: what its author has changed stays.",
)
@click.option("--name", help="The connector. Default: the name of the output, else the title.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Fetch what the document refers to on this host; may be given again.",
)
@click.option("--force", is_flag=True, help="Write the spec anew, without the author's changes.")
@click.option(
    "--validate",
    "validate_seconds",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long openapi-spec-validator may take; 0 leaves it out.",
)
@findings_option
def command(
    form: str,  # noqa: ARG001 (there is one)
    document: str,
    output: Path | None,
    name: str | None,
    hosts: tuple[str, ...],
    force: bool,
    validate_seconds: float,
    output_format: str,
    color: str,
) -> int:
    """Make a spec from DOC: OpenAPI 3 or Swagger 2.0, JSON or YAML; a file, an https URL, or `-`.

    What a spec cannot say is told with its place and stands as a comment at its action. What the
    document only hints at, such as how lists go on, is guessed and marked as a guess.
    """
    from ferrule.cli.findings import show_findings, tell_findings
    from ferrule.diagnostics import Report

    console, report = Console(color), Report()
    mine = base = None
    if output is not None and output.exists() and not force:
        mine = _read_spec(output, report)
        base = _read_spec(_state_path(output), report) if _state_path(output).exists() else None
        if mine is None:
            show_findings(report, output_format, console)
            console.notice("nothing was written: --force writes the spec anew")
            return 1
    connector = name or _own_name(mine) or (None if output is None else output.stem)
    made = _imported(document, connector, hosts, mine, validate_seconds, report)
    if made is None:
        show_findings(report, output_format, console)
        console.notice("nothing was written")
        return 1
    found = _renewed(made, document, mine, base, report)
    if output is None:
        console.result(found.text)
        tell_findings(report, console)
        return 0
    from ferrule.cli.schema import write_text

    write_text(output, found.text)
    write_text(_state_path(output), found.state)
    show_findings(report, output_format, console)
    console.notice(_summary(made, output, report))
    return 0


def _read_spec(path: Path, report: Report) -> SpecTree | None:
    from ferrule.forms.source import SourceFile
    from ferrule.imports.renewal import read_tree

    source = SourceFile.read(path, report)
    return None if source is None else read_tree(source.path, source.text, report)


def _state_path(output: Path) -> Path:
    """Where the last import is kept: in a folder beside the spec that holds no specs itself."""
    return output.parent / STATE_FOLDER / output.name


def _own_name(mine: SpecTree | None) -> str | None:
    found = mine.data.get("connector") if mine is not None else None
    return found if isinstance(found, str) else None


def _imported(
    document: str,
    connector: str | None,
    hosts: tuple[str, ...],
    mine: SpecTree | None,
    validate_seconds: float,
    report: Report,
) -> Imported | None:
    from ferrule.collector import collector_at_rest
    from ferrule.imports.merged_names import names_of_actions
    from ferrule.imports.openapi import connector_name, import_openapi
    from ferrule.imports.openapi.validation import start_validation

    allowed = {host.lower() for host in hosts}
    parts = urlsplit(document)
    is_address = parts.scheme in ("http", "https")
    if is_address:
        allowed.add((parts.hostname or "").lower())
    fetch = None
    if allowed:
        from ferrule.imports.openapi.fetching import fetcher

        fetch = fetcher(frozenset(allowed))
    if is_address:
        assert fetch is not None
        try:
            content = fetch(document)
        except OSError as error:
            raise click.UsageError(f"{document} cannot be fetched: {error}") from error
    else:
        content = _content(document)
    is_file = not is_address and document != STDIN
    validations: list[Validation] = []

    def begin(read: Document) -> None:
        found = start_validation(read, validate_seconds) if validate_seconds else None
        validations.extend([found] if found is not None else [])

    with collector_at_rest():
        made = import_openapi(
            Path(document).name if is_file else document,
            content,
            report,
            connector=connector_name(connector) if connector else None,
            home=Path(document) if is_file else None,
            address=document if is_address else None,
            allowed_hosts=frozenset(allowed),
            fetch=fetch,
            known_names=names_of_actions(mine.data) if mine is not None else None,
            on_read=begin,
        )
    for each in validations:
        each.finish(report)
    return made


def _content(document: str) -> bytes:
    if document == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(document).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{document} cannot be read: {error.strerror or error}") from error


def _renewed(
    made: Imported,
    document: str,
    mine: SpecTree | None,
    base: SpecTree | None,
    report: Report,
) -> Renewed:
    from ferrule.imports.renewal import renewed

    source = document if document == STDIN or "://" in document else Path(document).name
    title = f" ({made.api.title})" if made.api.title else ""
    heading = (
        f"Imported from {source}{title}. Edit it as you like: what you change stays when it is",
        "imported again.",
    )
    return renewed(made.data, heading, mine, base, report)


def _summary(made: Imported, output: Path, report: Report) -> str:
    """What was made, in a line or two."""
    actions, models = len(made.data.get("actions", ())), len(made.data.get("models", ()))
    lost = sum(each.rule == "import-lost" for each in report)
    losses = f"; {lost} thing{'' if lost == 1 else 's'} could not be said" if lost else ""
    return f"wrote {output}: {actions} actions, {models} models{losses}"
