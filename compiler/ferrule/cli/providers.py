"""`ferrule providers`: runs the service that keeps the credentials of installed connectors."""

from __future__ import annotations

import click

from ferrule.cli.verb import Verb


@click.command(
    cls=Verb,
    # Whatever follows the service's command is the service's own to read, `-h` included.
    context_settings={"allow_interspersed_args": False},
    examples=(
        ("ferrule providers serve --new-key", "start it here, with SQLite and a key of its own"),
        ("ferrule providers serve -h", "say more about one of its commands"),
        ("ferrule providers", "list its commands"),
    ),
    notes=(
        "The same as the command ferrule-providers; pip install 'ferrule[providers]' brings it.",
    ),
    exit_codes=(
        (0, "all is fine"),
        (1, "the service refuses: its message says why"),
        (2, "wrong usage, or ferrule-providers is not installed"),
    ),
)
@click.argument("words", nargs=-1, metavar="[COMMAND] [ARGS]...")
def command(words: tuple[str, ...], color: str) -> int:  # noqa: ARG001 (the service colours itself)
    """Run the service that lists, sets up, tests and resets installed connectors."""
    try:
        from ferrule_providers.__main__ import main
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "ferrule_providers":
            raise
        raise click.UsageError(
            "The service is not installed here: pip install 'ferrule[providers]'."
        ) from None
    code = main.main(
        list(words) or ["--help"], prog_name="ferrule providers", standalone_mode=False
    )
    return code if isinstance(code, int) else 0
