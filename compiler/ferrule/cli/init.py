"""`ferrule init`: asks four questions at most, and writes a spec that is ready to be compiled."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ferrule.cli.console import Console
from ferrule.cli.schema import SCHEMA_PATH, schema_text, write_text
from ferrule.cli.starter import AUTH_SETTINGS, Starter
from ferrule.cli.terminal import is_terminal
from ferrule.cli.verb import Verb


@click.command(
    cls=Verb,
    examples=(
        ("ferrule init", "be asked"),
        ("ferrule init --name acme --base-url https://api.acme.com --auth bearer", "no question"),
    ),
)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", help="The connector: small letters, digits and `_`.")
@click.option("--base-url", metavar="URL", help="What all paths are relative to.")
@click.option(
    "--auth", type=click.Choice(list(AUTH_SETTINGS)), help="How calls are signed. Default: none."
)
@click.option("--list", "list_path", metavar="PATH", help="An endpoint that answers a list.")
@click.option("--token-url", metavar="URL", help="For oauth2. Default: BASE_URL/oauth/token.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(
    file: Path | None,
    name: str | None,
    base_url: str | None,
    auth: str | None,
    list_path: str | None,
    token_url: str | None,
    force: bool,
    color: str,
) -> int:
    """Write a first spec to FILE (default NAME.yaml), and the schema for editors beside it.

    What is not given is asked for, when a person sits at the terminal.
    """
    console = Console(color)
    name = name or _asked("--name", "Name of the connector (acme)")
    base_url = base_url or _asked("--base-url", "Base URL (https://api.acme.com/v1)")
    auth = auth or _chosen()
    list_path = list_path or _asked("--list", "Path of a list (/items)", "/items")
    file = file or Path(f"{name}.yaml")
    starter = Starter(
        name=name,
        base_url=base_url.rstrip("/"),
        auth=auth,
        list_path=list_path if list_path.startswith("/") else f"/{list_path}",
        token_url=token_url or f"{base_url.rstrip('/')}/oauth/token",
        schema_path=SCHEMA_PATH.as_posix(),
        file=str(file) if str(file).isprintable() else "SPEC",
    )
    if not _is_sound(starter.text(), file, console):
        return 1
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; --force overwrites it")
    write_text(file.parent / SCHEMA_PATH, schema_text())
    write_text(file, starter.text())
    console.result(
        f"wrote {file}\n"
        f"check it:    ferrule check {file}\n"
        f"compile it:  ferrule compile {file} -o generated"
    )
    return 0


def _asked(option: str, question: str, default: str | None = None) -> str:
    if is_terminal(sys.stdin):
        return str(click.prompt(question, default=default, show_default=False, err=True))
    if default is None:
        raise click.UsageError(f"{option} is missing, and there is no terminal to ask at")
    return default


def _chosen() -> str:
    if not is_terminal(sys.stdin):
        return "none"
    kinds = click.Choice(list(AUTH_SETTINGS))
    return str(click.prompt("How calls are signed", type=kinds, default="none", err=True))


def _is_sound(text: str, file: Path, console: Console) -> bool:
    """Whether the new spec has no findings; tells them where what was given makes some."""
    from ferrule.cli.findings import show_findings
    from ferrule.diagnostics import Report
    from ferrule.forms.source import SourceFile
    from ferrule.pipeline import check_spec

    report = Report()
    checked = check_spec(SourceFile(str(file), text), report)
    if checked is None:
        show_findings(report, "text", console)
    return checked is not None
