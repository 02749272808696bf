"""Makes clients of installed packages from stored values."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import httpx

from ferrule_providers.installed import Provider
from ferrule_providers.networks import Networks
from ferrule_providers.values import as_argument
from ferrule_runtime.client_core import reached_by


def client_arguments(
    provider: Provider, auth: str | None, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The keyword arguments that a client of the provider takes for stored values."""
    connector = provider.loaded()
    arguments = {
        each.name: as_argument(each, values[each.name])
        for each in connector.settings
        if each.name in values
    }
    if auth is not None:
        arguments["auth"] = auth
    return arguments


@contextmanager
def guarded_client(
    networks: Networks,
    provider: Provider,
    auth: str | None,
    values: Mapping[str, Any],
    **options: Any,
) -> Iterator[Any]:
    """A client that calls only what the service allows, with the client's own options."""
    make = provider.client_class()
    arguments = client_arguments(provider, auth, values)
    # What a client does by itself, and not over a transport that is given to it.
    with closing(make(**arguments)) as itself:
        way, context = reached_by(itself)
    transport = networks.transport(provider.loaded(), context, way)
    with httpx.Client(transport=transport, trust_env=False) as http_client:
        client = make(**{**arguments, "http_client": http_client, **options})
        try:
            yield client
        finally:
            client.close()
