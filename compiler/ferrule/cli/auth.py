"""`ferrule auth`: signs in to the service of a connector, says whether somebody has, signs out."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import click

from ferrule.cli.calls.package import compiled, connector_of, imported, require_runtime
from ferrule.cli.completion import complete_specs
from ferrule.cli.console import Console
from ferrule.cli.verb import Verb

FAILED, MISSING = 1, 2
NOTES = (
    (
        "The redirect is received on a port of this machine. --redirect-uri names the address that "
        "is registered at the service; --paste copies the last address by hand, where the browser "
        "runs elsewhere."
    ),
    "Whoever has the package and not this program: python -m acme_connector login.",
)


@click.command(
    cls=Verb,
    examples=(
        ("ferrule auth login specs/acme.yaml", "open the browser, store the token"),
        (
            "ferrule auth login acme_connector --name work",
            "of an installed package, for one account",
        ),
        ("ferrule auth status specs/acme.yaml", "say whether somebody has signed in"),
        ("ferrule auth logout specs/acme.yaml", "revoke the token and forget it"),
    ),
    notes=NOTES,
    environment=(
        ("NAME_SETTING", "a setting of the connector NAME: ACME_CLIENT_ID for client_id of acme"),
        ("FERRULE_TOKEN_STORE", "where tokens are kept: `keyring`, or a folder"),
    ),
    exit_codes=(
        (0, "signed in, or signed out"),
        (1, "the service, the network or the spec said no; `status`: nobody has signed in"),
        (2, "wrong usage, or a setting is missing"),
    ),
)
@click.argument("what", type=click.Choice(["login", "status", "logout"]))
@click.argument("spec", metavar="SPEC_OR_PACKAGE", shell_complete=complete_specs)
@click.option("--name", help="Which account, where there are several.")
@click.option("--auth", metavar="NAME", help="Which kind of auth, where there are several.")
@click.option(
    "-s",
    "--setting",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of the connector; secrets are better given by the environment.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option("--paste", is_flag=True, help="Copy the address that the browser ends at by hand.")
@click.option("--redirect-uri", metavar="URL", help="The one that is registered at the service.")
@click.option("--scope", "scopes", multiple=True, help="Ask for one more scope.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), help="Seconds to wait for the redirect."
)
def command(what: str, spec: str, color: str, settings: tuple[str, ...], **options: Any) -> int:
    """Sign in to the service of SPEC_OR_PACKAGE (login), tell (status), or sign out (logout)."""
    require_runtime("auth")
    console = Console(color)
    with _package(spec, console) as module:
        if module is None:
            return FAILED
        from ferrule_runtime.errors import ConfigurationError, ConnectorError

        try:
            return _run(module, what, settings, options, console)
        except ConfigurationError as error:
            console.notice(str(error))
            return MISSING
        except ConnectorError as error:
            console.notice(str(error))
            return FAILED


@contextmanager
def _package(word: str, console: Console) -> Iterator[ModuleType | None]:
    """The package of a spec, made in memory, or one that is installed; None where it has errors."""
    if not Path(word).exists() and word.isidentifier():
        try:
            module = importlib.import_module(word)
        except ModuleNotFoundError as error:
            if error.name != word:
                raise
            raise click.UsageError(f"{word} is neither a spec nor an installed package") from None
        if not hasattr(module, "_HOMES"):
            raise click.UsageError(f"{word} is no package that was compiled from a spec")
        yield module
        return
    package = compiled(word, console)
    if package is None:
        yield None
        return
    with imported(package.files.files) as module:
        yield module


def _run(
    module: ModuleType,
    what: str,
    settings: tuple[str, ...],
    options: dict[str, Any],
    console: Console,
) -> int:
    from ferrule.cli.calls.installing import client_of, from_keyring, settings_of, token_store
    from ferrule_runtime import command as runtime

    connector = connector_of(module)
    given: dict[str, Any] = dict(settings_of(settings, connector, console))
    given |= from_keyring(connector, given)
    wanted = {"auth": options["auth"], "name": options["name"], "token_store": token_store()}
    with client_of(module, given, wanted) as client:
        verb = {"login": runtime.login, "status": runtime.status, "logout": runtime.logout}[what]
        return verb(client, SimpleNamespace(**options))
