"""`ferrule test`: asks the real service whether the connection of a spec works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ferrule.cli.calls.verbs import Call, client_options, request_options, run
from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.verb import Verb


@click.command(
    cls=Verb,
    examples=(
        ("ferrule test specs/acme.yaml", "with credentials from the environment"),
        ("ferrule test specs/acme.yaml -s subdomain=acme", "with a setting"),
        ("ferrule test specs/acme.yaml --curl", "show the request, for curl"),
    ),
    environment=(
        ("NAME_SETTING", "a setting of the connector NAME: ACME_API_KEY for api_key of acme"),
        ("FERRULE_TOKEN_STORE", "where tokens are kept: `keyring`, `memory`, or a folder"),
    ),
    exit_codes=(
        (0, "the connection works"),
        (1, "it does not, or the spec has errors"),
        (2, "wrong usage, or a setting is missing"),
    ),
)
@click.argument("spec", shell_complete=complete_specs)
@request_options
@client_options
def command(spec: str, color: str, **options: Any) -> int:
    """Run the connection test of SPEC against the real service; no package is written."""
    console = Console(color)

    def prepare(call: Call) -> tuple[Callable[[], Any], Callable[[Any], int]]:
        def show(tested: Any) -> int:
            word, colour = ("ok", "green") if tested.ok else ("failed", "red")
            if console.is_coloured:
                word = click.style(word, fg=colour, bold=True)
            console.result(f"{word}: {tested.message}")
            return 0 if tested.ok else 1

        return call.client.test_connection, show

    return run("test", spec, console, options, prepare)
