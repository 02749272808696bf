"""`ferrule completion`: prints the script by which a shell completes the words of ferrule."""

from __future__ import annotations

import click

from ferrule.cli.console import Console
from ferrule.cli.verb import Verb

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_FERRULE_COMPLETE"

NOTES = (
    'bash: add to ~/.bashrc  eval "$(ferrule completion bash)"',
    'zsh: add to ~/.zshrc, below compinit,  eval "$(ferrule completion zsh)"',
    "fish: ferrule completion fish > ~/.config/fish/completions/ferrule.fish",
)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule completion bash", "what ~/.bashrc evaluates; see the notes"),
        ("ferrule completion fish", "what fish reads from its folder of completions"),
    ),
    notes=NOTES,
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str, color: str) -> None:
    """Print the script that completes verbs, options, specs, rules and actions in SHELL."""
    from click.shell_completion import get_completion_class

    from ferrule.cli.main import cli

    made = get_completion_class(shell)
    assert made is not None
    script = made(cli, {}, "ferrule", VARIABLE)
    # What click adds to it is a look at the version of bash, which a script need not be told.
    Console(color).result(script.source_template % script.source_vars())
