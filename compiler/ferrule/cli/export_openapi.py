"""`ferrule export openapi`: writes an OpenAPI 3.1 document of a spec."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.specs import find_specs
from ferrule.cli.verb import Verb, findings_option

if TYPE_CHECKING:
    from ferrule.diagnostics import Report


@click.command(
    cls=Verb,
    examples=(
        ("ferrule export openapi specs/acme.yaml -o acme.openapi.yaml", "write the document"),
        ("ferrule export openapi specs/acme.yaml --json", "show it, as JSON"),
    ),
)
@click.argument("form", type=click.Choice(["openapi"]), metavar="openapi")
@click.argument("spec", shell_complete=complete_specs)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The document to write. One that ends in .json is JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of YAML.")
@findings_option
def command(
    form: str,  # noqa: ARG001 (there is one)
    spec: str,
    output: Path | None,
    as_json: bool,
    output_format: str,
    color: str,
) -> int:
    """Write SPEC as an OpenAPI 3.1 document.

    What OpenAPI has no words for is told, and stands in extensions named `x-ferrule…`, which an
    import takes over: a connector that is exported and imported again stays as it is.
    """
    from ferrule.cli.findings import show_findings, tell_findings
    from ferrule.cli.schema import write_text
    from ferrule.diagnostics import Report

    paths = find_specs([spec])
    if len(paths) > 1:
        raise click.UsageError(f"{spec} holds {len(paths)} specs; name one of them")
    console, report = Console(color), Report()
    document = _document(paths[0], report)
    if document is None:
        show_findings(report.errors, output_format, console)
        console.notice("nothing was written")
        return 1
    is_json = as_json or (output is not None and output.suffix == ".json")
    text = document_text(document, as_json=is_json)
    if output is None:
        console.result(text)
        tell_findings(report, console)
        return 0
    write_text(output, text)
    show_findings(report, output_format, console)
    console.notice(f"wrote {output}: {len(document['paths'])} paths")
    return 0


def _document(path: Path, report: Report) -> dict[str, Any] | None:
    from ferrule.cli.findings import read_spec
    from ferrule.diagnostics import Report
    from ferrule.exports.openapi import openapi_document
    from ferrule.pipeline import check_spec

    own = Report()
    source = read_spec(path, own)
    checked = check_spec(source, own) if source is not None else None
    if checked is None:
        report.extend(own)
        return None
    return openapi_document(checked.spec, checked.tree, report)


def document_text(document: dict[str, Any], *, as_json: bool) -> str:
    """A document as YAML or JSON, its keys in their order."""
    if as_json:
        import json

        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes what stands in two places twice."""

        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (as yaml calls it)
            return True

    text = yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=100)
    assert isinstance(text, str)
    return text
