"""What `call` and `test` have in common: options, the client, and how errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click
from msgspec import Struct

from ferrule.cli.calls.package import compiled, connector_of, imported, require_runtime
from ferrule.cli.console import Console
from ferrule.cli.terminal import is_coloured

FAILED, MISSING = 1, 2

Function = Callable[..., Any]


class Call(Struct, frozen=True):
    """The client, what the runtime knows of its connector, and the names of its actions."""

    client: Any
    connector: Any
    actions: tuple[str, ...]


Prepare = Callable[[Call], tuple[Callable[[], Any], Callable[[Any], int | None]]]
"""Gives what makes the call, and what shows its result."""


def client_options(function: Function) -> Function:
    """Adds what a client is made with."""
    for option in (
        click.option(
            "--timeout", type=click.FloatRange(0, min_open=True), help="Seconds for each step."
        ),
        click.option("--base-url", metavar="URL", help="Another place of the same service."),
        click.option("--auth", metavar="NAME", help="Which kind of auth, where there are several."),
        click.option(
            "--name", help="Which account of `ferrule auth login`, where there are several."
        ),
        click.option(
            "-s",
            "--setting",
            "settings",
            multiple=True,
            metavar="NAME=VALUE",
            help="A setting of the connector; secrets are better given by the environment.",
        ),
    ):
        function = option(function)
    return function


def request_options(function: Function) -> Function:
    """Adds the ways to see a request instead of sending it."""
    for option in (
        click.option("--curl", is_flag=True, help="Send nothing; show the request for curl."),
        click.option("--dry-run", is_flag=True, help="Send nothing; show the request."),
    ):
        function = option(function)
    return function


def run(
    verb: str, spec: str, console: Console, options: Mapping[str, Any], prepare: Prepare
) -> int:
    """Makes a client of a spec and calls it; gives the exit code."""
    require_runtime(verb)
    package = compiled(spec, console)
    if package is None:
        return FAILED
    actions = package.tree.data.get("actions", {})
    with imported(package.files.files) as module:
        from ferrule_runtime.errors import ConfigurationError, ConnectorError, InvalidRequest

        try:
            return _run(module, tuple(actions), console, options, prepare)
        except (ConfigurationError, InvalidRequest) as error:
            console.notice(_told(error, console))
            return MISSING
        except ConnectorError as error:
            console.notice(_told(error, console))
            return FAILED


def _run(
    module: Any,
    actions: tuple[str, ...],
    console: Console,
    options: Mapping[str, Any],
    prepare: Prepare,
) -> int:
    from ferrule.cli.calls.installing import (
        client_of,
        from_keyring,
        settings_of,
        token_store,
        variables,
    )

    connector = connector_of(module)
    given: dict[str, Any] = dict(settings_of(options["settings"], connector, console))
    given |= from_keyring(connector, given)
    is_shown = options["dry_run"] or options["curl"]
    if is_shown:
        given = _with_stand_ins(connector, given)
    wanted = {name: options[name] for name in ("base_url", "timeout", "auth", "name")}
    if not is_shown:
        wanted["token_store"] = token_store()
    with client_of(module, given, wanted) as client:
        start, show = prepare(Call(client, connector, actions))
        if not is_shown:
            return show(start()) or 0
        from ferrule.cli.calls.requests import curl_text, http_text, variable
        from ferrule.cli.calls.running import begin
        from ferrule_runtime.preview import preview

        names = variables(connector) if options["curl"] else {}
        stand_ins = {name: variable(env) for name, env in names.items()}
        request = preview(client, lambda: begin(start()), stand_ins)
        console.result(curl_text(request) if options["curl"] else http_text(request))
    return 0


def _with_stand_ins(connector: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A request can be shown without the secrets; where they choose the auth they are needed."""
    from ferrule.cli.calls.installing import variables
    from ferrule_runtime.contract import OneOf

    if isinstance(connector.auth, OneOf):
        return given
    missing = {
        name: f"${env}"
        for name, env in variables(connector).items()
        if name not in given and not os.environ.get(env)
    }
    return {**missing, **given}


def _told(error: Any, console: Console) -> str:
    """An error in a few lines: what happened, the service's own code and id, whether to retry."""
    from ferrule.diagnostics.render.visible import visible

    kind = type(error).__name__
    if is_coloured(console.colour, sys.stderr):
        kind = click.style(kind, fg="red", bold=True)
    lines = [f"{kind}: {visible(str(error))}"]
    for name, value in (
        ("code", error.code),
        ("request id", error.request_id),
        ("wait", None if error.retry_after_seconds is None else f"{error.retry_after_seconds:g} s"),
    ):
        if value is not None and str(value) not in str(error):
            lines.append(f"  {name}: {visible(str(value))}")
    return "\n".join(lines)
