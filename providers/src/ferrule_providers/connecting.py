"""Makes ready clients of stored connections: from the database, or through the service."""

import os
import secrets
import threading
from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar, overload

from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ferrule_providers.clients import client_arguments
from ferrule_providers.configuration import read_configuration
from ferrule_providers.core import DEFAULT_CONNECTION, Core
from ferrule_providers.faults import ProviderNotFound, ServiceUnreachable
from ferrule_providers.handed_tokens import Ask, HandedTokens
from ferrule_providers.handing_out import Access, hand_out
from ferrule_providers.installed import Installed, Provider, find_installed
from ferrule_providers.opening import open_core
from ferrule_providers.remote import fetch_access
from ferrule_providers.store.audit import Actor
from ferrule_runtime.forks import watch

URL = "FERRULE_PROVIDERS_URL"
API_KEY = "FERRULE_PROVIDERS_API_KEY"
# Not reached, locked, full, or a copy that only lets read.
_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)
KEPT_BACK = "kept by the providers service"

Client = TypeVar("Client")

_cores: dict[tuple[int, str, str], Core] = {}
_installed: list[Installed] = []


class _Turn:
    """Lets one thread of a process at a time open what all of them share."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        watch(self)

    def after_fork(self) -> None:
        """Whoever held the lock in the parent is not here to give it back."""
        self.lock = threading.Lock()


_turn = _Turn()


@overload
def connect(
    provider: type[Client],
    connection: str = ...,
    *,
    database: str | None = ...,
    url: str | None = ...,
    api_key: str | None = ...,
    environment: Mapping[str, str] | None = ...,
    **options: Any,
) -> Client: ...
@overload
def connect(
    provider: str,
    connection: str = ...,
    *,
    asynchronous: bool = ...,
    database: str | None = ...,
    url: str | None = ...,
    api_key: str | None = ...,
    environment: Mapping[str, str] | None = ...,
    **options: Any,
) -> Any: ...
def connect(
    provider: str | type[Any],
    connection: str = DEFAULT_CONNECTION,
    *,
    asynchronous: bool = False,
    database: str | None = None,
    url: str | None = None,
    api_key: str | None = None,
    environment: Mapping[str, str] | None = None,
    **options: Any,
) -> Any:
    """A ready client of a connection, with the client's own `options` (timeout, max_attempts …).

    `provider` is a connector's name, or its client class: then the result has that type, and an
    async class gives an async client. With `url` (or FERRULE_PROVIDERS_URL) the service is asked,
    with a key of the scope `use`; otherwise the database is opened here, which needs the
    encryption key.

    Raises ProviderNotFound, ConnectionNotFound, ConnectionNeedsAttention (nothing was sent
    anywhere), CannotStart where this process is not set up for it, and ServiceUnreachable where
    service or database do not answer now.
    """
    environment = os.environ if environment is None else environment
    url = url or (environment.get(URL) if database is None else None)
    if url:
        with _turn.lock:
            if not _installed:
                _installed.append(find_installed())
        found, asynchronous = _provider_of(_installed[0], provider, asynchronous)
        key = api_key or environment.get(API_KEY)
        ask = partial(_fetch, url, key, found.slug, connection)
    else:
        core = _core(database, environment)
        found, asynchronous = _provider_of(core.installed, provider, asynchronous)
        found.loaded()
        ask = partial(_hand_out, database, dict(environment), found.slug, connection)
    return _client(found, ask, asynchronous, options)


def _fetch(url: str, key: str | None, slug: str, connection: str, refused: int | None) -> Access:
    return fetch_access(url, key, slug, connection, refused=refused)


def _hand_out(
    database: str | None,
    environment: Mapping[str, str],
    slug: str,
    connection: str,
    refused: int | None,
) -> Access:
    # The core of this process: a client may have been taken along into a forked one.
    core = _core(database, environment)
    away = ""
    try:
        return hand_out(core, slug, connection, _actor(), refused=refused)
    except _AWAY as error:
        away = type(error).__name__
    raise ServiceUnreachable(f"{core.database!r} does not answer: {away}.")


def _client(provider: Provider, ask: Ask, asynchronous: bool, options: Mapping[str, Any]) -> Any:
    access = ask(None)
    values = {**access.settings, **access.secrets}
    own: dict[str, Any] = {"name": f"{provider.slug}/{access.name}"}
    if access.access_token is not None:
        own["token_store"] = HandedTokens(ask, access)
        # What only a refresh needs stays with whoever refreshes.
        values |= dict.fromkeys(provider.form.missing(access.auth, values), KEPT_BACK)
    arguments = client_arguments(provider, access.auth, values)
    make = provider.client_class(asynchronous=asynchronous)
    return make(**{**arguments, **own, **options})


def _provider_of(
    installed: Installed, provider: str | type[Any], asynchronous: bool
) -> tuple[Provider, bool]:
    if isinstance(provider, str):
        return installed[provider], asynchronous
    connector = getattr(provider, "_connector", None)
    for each in installed:
        if connector is not None and each.connector is connector:
            return each, provider.__name__ == f"Async{each.loaded().class_name}"
    raise ProviderNotFound(f"{provider.__name__} is no client of an installed connector.")


def _core(database: str | None, environment: Mapping[str, str]) -> Core:
    """The opened database of this process; a forked child opens its own."""
    configuration = read_configuration(
        {**environment, "FERRULE_PROVIDERS_DATABASE": database} if database else environment
    )
    keys = repr(sorted((k, v) for k, v in environment.items() if k.startswith("FERRULE_KEYS")))
    place = (os.getpid(), configuration.database, keys)
    away = ""
    with _turn.lock:
        core = _cores.get(place)
        if core is not None:
            return core
        try:
            core = _cores[place] = open_core(configuration, environment)
        except _AWAY as error:
            away = type(error).__name__
        else:
            return core
    raise ServiceUnreachable(f"The database does not answer: {away}.")


def _actor() -> Actor:
    return Actor(f"connect() in process {os.getpid()}", secrets.token_hex(8))
