"""`ferrule call`: runs one action of a spec against the real service."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ferrule.cli.calls.verbs import Call, client_options, request_options, run
from ferrule.cli.completion import complete_actions, complete_specs
from ferrule.cli.console import Console
from ferrule.cli.verb import Verb

NOTES = (
    (
        "Arguments: name=text is read as the type that the spec declares, name:=JSON as JSON, "
        "name=@file is the text of a file or the file itself, name.part=text a part of an "
        "object; a name twice makes a list."
    ),
    (
        "Credentials come from the environment (ACME_API_KEY …) or, where the Python package "
        "keyring is installed, from `keyring set ferrule-acme api_key`; tokens from where "
        "`ferrule auth login` keeps them."
    ),
)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule call specs/acme.yaml things.list", "the first page, as JSON"),
        ("ferrule call specs/acme.yaml things.list --all --format csv", "all pages"),
        ("ferrule call specs/acme.yaml things.get thing_id=7", "with an argument"),
        ("ferrule call specs/acme.yaml things.create data.name=x --dry-run", "show the request"),
    ),
    notes=NOTES,
    environment=(
        ("NAME_SETTING", "a setting of the connector NAME: ACME_API_KEY for api_key of acme"),
        ("FERRULE_TOKEN_STORE", "where tokens are kept: `keyring`, `memory`, or a folder"),
        ("NAME_LOG", "`debug` logs a line for each request, without secrets"),
    ),
    exit_codes=(
        (0, "the call succeeded"),
        (1, "the service, the network or the spec said no"),
        (2, "wrong usage, or a setting is missing"),
    ),
)
@click.argument("spec", shell_complete=complete_specs)
@click.argument("action", shell_complete=complete_actions)
@click.argument("words", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--data", metavar="JSON", help="The arguments as a JSON object, @FILE, or - (stdin).")
@click.option("--all", "is_all", is_flag=True, help="Walk all pages of a list.")
@click.option("--limit", type=click.IntRange(1), help="So many items of a list at most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv", "table"]),
    default="json",
    show_default=True,
    help="How the result is written.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the body of a download to a file.",
)
@request_options
@client_options
def command(
    spec: str,
    action: str,
    words: tuple[str, ...],
    data: str | None,
    is_all: bool,
    limit: int | None,
    form: str,
    output: Path | None,
    color: str,
    **options: Any,
) -> int:
    """Call ACTION of SPEC, with arguments as NAME=VALUE; no package is written.

    A list gives its first page, unless --all or --limit is said.
    """
    console = Console(color)

    def prepare(call: Call) -> tuple[Callable[[], Any], Callable[[Any], None]]:
        from ferrule.cli.calls.running import prepared, show

        def tell(result: Any) -> None:
            show(result, form, output, console, is_all=is_all, limit=limit)

        return prepared(call, action, words, data, output), tell

    return run("call", spec, console, options, prepare)
