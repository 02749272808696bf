"""`ferrule lsp`: runs the language server on stdin and stdout."""

from __future__ import annotations

import importlib.util

import click

from ferrule.cli.verb import Verb

NOTES = (
    "Needs the extra: pip install 'ferrule[lsp]'.",
    (
        "It adds what a schema cannot say: findings as you type, go to definition, references, "
        "rename, outline, names to complete, and the fixes of `ferrule check --fix`. Completion of "
        "keys and their explanations come from the YAML language server with the JSON Schema "
        "(`ferrule schema`); editors run both side by side."
    ),
)


@click.command(
    cls=Verb,
    examples=(("ferrule lsp", "as an editor starts it; see docs/editors.md"),),
    notes=NOTES,
)
def command(color: str) -> int:  # noqa: ARG001 (every verb has it)
    """Run the language server for specs, over stdin and stdout."""
    if importlib.util.find_spec("pygls") is None:
        raise click.UsageError("`ferrule lsp` takes an extra: pip install 'ferrule[lsp]'")
    from ferrule.language_server.server import make_server

    make_server().start_io()
    return 0
