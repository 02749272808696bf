"""The command `ferrule`: finds the verb that its words name, and runs it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ferrule import __version__
from ferrule.cli.outcome import exit_code
from ferrule.cli.verb import HELP_SETTINGS, Examples

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Words of Python cannot be the names of modules, and each format has one of its own.
MODULES = {"import": "import_openapi", "export": "export_openapi", "completion": "shell_completion"}
CONFIGURED = ("check", "compile", "fmt")
# The verbs in the order in which people meet them. A module is imported when its verb is called.
VERBS = {
    "init": "Write a first spec, and the schema that lets an editor help with it.",
    "check": "Say everything that is wrong with specs, and with their meaning.",
    "compile": "Write a package for each spec, or say what would change.",
    "fmt": "Give specs their canonical layout, comments kept.",
    "diff": "Say what a change of a spec means for callers, and which version follows.",
    "show": "Show a spec with everything filled in, and where it comes from.",
    "test": "Ask the real service whether the connection works.",
    "auth": "Sign in to a service, say whether somebody has, sign out.",
    "call": "Call an action of the real service, or show its request.",
    "import": "Make a spec from an OpenAPI document, or renew one.",
    "export": "Write an OpenAPI document of a spec.",
    "docs": "Write reference pages of connectors.",
    "providers": "Keep the credentials of installed connectors: run the service.",
    "schema": "Print the JSON Schema of the language, for editors.",
    "lsp": "Run the language server, for editors.",
    "explain": "Explain a rule that a finding names.",
    "completion": "Print the script that lets a shell complete ferrule's words.",
}


class Verbs(Examples, click.Group):
    """A group that knows its verbs by name and one line, and guesses what a mistyped one meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (as click calls it)
        """The names of the verbs, in the order of their table."""
        return list(VERBS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 (as click calls it)
        cmd_name: str,
    ) -> click.Command | None:
        """The verb, imported now."""
        if cmd_name not in VERBS:
            return None
        command = importlib.import_module(f"ferrule.cli.{MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the verb that the first word names; a UsageError guesses the one that was meant."""
        word = args[0]
        if word in VERBS or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(word, VERBS, 1)
        guess = f" Did you mean `{near[0]}`?" if near else ""
        raise click.UsageError(f"There is no command `{word}`.{guess}", ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs that begin so, with what each does; none is imported for that."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(name, help=meaning)
            for name, meaning in VERBS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 (as click calls it)
        formatter: click.HelpFormatter,
    ) -> None:
        """Writes the table of verbs without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(
    cls=Verbs,
    context_settings=HELP_SETTINGS,
    examples=(
        ("ferrule init --name acme --base-url https://api.acme.com", "begin"),
        ("ferrule check specs", "check every spec in a folder"),
        ("ferrule compile specs -o generated", "write the packages"),
        ("ferrule COMMAND -h", "say more about a command"),
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, help="Print tracebacks of our faults.")
def cli() -> None:
    """Compile a YAML description of an HTTP API into a typed Python client.

    Exit codes: 0 all is fine, 1 findings or out of date, 2 wrong usage, 3 a fault of ferrule.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these words, by default the process's; gives the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return exit_code(
        lambda: cli.main(words, "ferrule", standalone_mode=False, default_map=configured(words)),
        words,
    )


def configured(words: Sequence[str]) -> dict[str, Any]:
    """The defaults that `[tool.ferrule]` sets, for the verbs that it is for."""
    if not words or words[0] not in CONFIGURED:
        return {}
    from ferrule.configuration import ConfigurationError, defaults

    try:
        return defaults()
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from None
