"""`ferrule schema`: the JSON Schema that lets editors complete and check specs."""

from __future__ import annotations

from pathlib import Path

import click

from ferrule.cli.console import Console
from ferrule.cli.verb import Verb

SCHEMA_PATH = Path(".ferrule", "ferrule.v1.schema.json")


@click.command(
    cls=Verb,
    examples=(
        (f"ferrule schema -o {SCHEMA_PATH.as_posix()}", "put the schema where `init` puts it"),
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to a file instead of stdout; folders are made.",
)
def command(output: Path | None, color: str) -> None:
    """Print the JSON Schema of the spec language, for editors.

    A spec finds it by a first line such as
    `# yaml-language-server: $schema=.ferrule/ferrule.v1.schema.json`.
    """
    console = Console(color)
    if output is None:
        console.result(schema_text())
        return
    write_text(output, schema_text())
    console.progress(f"wrote {output}")


def schema_text() -> str:
    """The schema as a JSON file: stable, with a final newline."""
    import json

    from ferrule.exports.json_schema import editor_schema

    return json.dumps(editor_schema(), indent=2, ensure_ascii=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Writes a file, whole or not at all, and the folders above it.

    Raises click.UsageError if that is not possible.
    """
    from ferrule.cli.changes import replace_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written: {error.strerror or error}") from error
