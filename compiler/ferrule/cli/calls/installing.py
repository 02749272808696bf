"""Makes a client: settings from words, the environment, the keyring; options of one call."""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

import click

from ferrule.cli.calls.package import connector_of
from ferrule.cli.console import Console
from ferrule.naming import setting


def settings_of(words: Iterable[str], connector: Any, console: Console) -> dict[str, str]:
    """The settings that `name=value` words give. Raises click.UsageError."""
    known = {each.name: each for each in connector.settings}
    found: dict[str, str] = {}
    for word in words:
        name, mark, text = word.partition("=")
        if not mark:
            raise click.UsageError(f"`{word}` is no setting: write name=value")
        if name not in known:
            from ferrule.diagnostics.nearness import near

            meant = near(name, known)
            guess = f"did you mean `{meant}`?" if meant else f"it has {', '.join(known) or 'none'}"
            raise click.UsageError(f"{connector.name} has no setting `{name}`; {guess}")
        console.notice_if(
            known[name].is_secret,
            f"{name} is a secret: others on this machine can see it here, not in {known[name].env}",
        )
        found[name] = text
    return found


def from_keyring(connector: Any, given: Mapping[str, Any]) -> dict[str, str]:
    """Secrets that are neither given nor in the environment, as the keyring has them.

    They are kept by `keyring set ferrule-NAME SETTING`; without keyring installed there are none.
    """
    missing = [
        each.name
        for each in connector.settings
        if each.is_secret and each.name not in given and not os.environ.get(each.env)
    ]
    if not missing or importlib.util.find_spec("keyring") is None:
        return {}
    # By name: type checkers need not have it either.
    keyring: Any = importlib.import_module("keyring")
    errors: Any = importlib.import_module("keyring.errors")
    found: dict[str, str] = {}
    for name in missing:
        try:
            text = keyring.get_password(f"ferrule-{connector.name}", name)
        except errors.KeyringError:
            return found
        if text:
            found[name] = text
    return found


def client_of(package: ModuleType, settings: Mapping[str, Any], options: Mapping[str, Any]) -> Any:
    """The sync client of a package. Raises the connector's ConfigurationError."""
    made = getattr(package, connector_of(package).class_name)
    given = {setting(name): value for name, value in settings.items()}
    return made(**given, **{name: value for name, value in options.items() if value is not None})


def token_store() -> Any:
    """Where `ferrule auth login` keeps tokens, so that calls find them and renew them there.

    Raises click.UsageError for a store that is named and cannot be had.
    """
    from ferrule_runtime.stores import StoreFault, default_store

    try:
        return default_store()
    except StoreFault as fault:
        raise click.UsageError(str(fault)) from None


def variables(connector: Any) -> dict[str, str]:
    """The environment variable of each secret that has one."""
    return {each.name: each.env for each in connector.settings if each.is_secret and each.env}
