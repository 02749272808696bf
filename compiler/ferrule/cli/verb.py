"""What all verbs have in common: help with examples, colour, and how findings are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ferrule.cli.terminal import COLOURS, FORMATS

HELP_SETTINGS: dict[str, Any] = {
    "help_option_names": ["-h", "--help"],
    "max_content_width": 100,
}

Function = Callable[..., Any]


class Examples(click.Command):
    """A command whose help ends like a manual page: notes, environment, exit codes, examples.

    `examples` are pairs of a command line and what it does, `environment` of a variable and what it
    says, `exit_codes` of a number and what it means; `notes` are paragraphs.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[tuple[str, str]] = (),
        notes: Sequence[str] = (),
        environment: Sequence[tuple[str, str]] = (),
        exit_codes: Sequence[tuple[int, str]] = (),
        **options: Any,
    ):
        super().__init__(*args, **options)
        self.examples = examples
        self.notes = notes
        self.environment = environment
        self.exit_codes = exit_codes

    def format_epilog(
        self,
        ctx: click.Context,  # noqa: ARG002 (as click calls it)
        formatter: click.HelpFormatter,
    ) -> None:
        """Writes what stands below the options."""
        if self.notes:
            with formatter.section("Notes"):
                for number, note in enumerate(self.notes):
                    if number:
                        formatter.write_paragraph()
                    formatter.write_text(note)
        if self.environment:
            with formatter.section("Environment"):
                formatter.write_dl(list(self.environment))
        if self.exit_codes:
            with formatter.section("Exit codes"):
                formatter.write_dl([(str(code), meaning) for code, meaning in self.exit_codes])
        if self.examples:
            with formatter.section("Examples"):
                width = max(len(line) for line, _ in self.examples)
                for line, meaning in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{line:{width}}  # {meaning}\n")


class Verb(Examples):
    """A verb: a command with `-h`, examples, `--color` and `--debug`."""

    def __init__(self, *args: Any, **options: Any):
        options["context_settings"] = HELP_SETTINGS | options.get("context_settings", {})
        super().__init__(*args, **options)
        self.params += [
            click.Option(
                ["--color"],
                type=click.Choice(COLOURS),
                default="auto",
                show_default=True,
                help="Colour the output; auto asks NO_COLOR, FORCE_COLOR and the terminal.",
            ),
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                help="Print tracebacks of our faults.",
            ),
        ]


def findings_option(function: Function) -> Function:
    """Adds `--output-format`."""
    return click.option(
        "--output-format",
        type=click.Choice(FORMATS),
        default="text",
        show_default=True,
        help="How findings are written.",
    )(function)
