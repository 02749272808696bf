"""The ways in which every call is tried: sync and async, over each wire and each library."""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.connector import Connector
from ferrule_runtime.contract import Operation, template
from ferrule_runtime.wires import library

FACES = [
    pytest.param((is_async, name), id=f"{'async' if is_async else 'sync'}-{name}")
    for is_async, name in itertools.product(
        (False, True), ("httpx", "httpx2", "httpcore", "httpcore2")
    )
]


class Face:
    """One way to call: `face.client(connector, …)`, then `face.run(client, operation, …)`."""

    def __init__(self, name: str, *, is_async: bool) -> None:
        # The wire that is called core goes past httpx, which still makes the clients of users.
        self.is_core = name.startswith("httpcore")
        self.httpx: ModuleType = import_module(name.replace("httpcore", "httpx"))
        self.is_async = is_async
        self._runner: asyncio.Runner | None = asyncio.Runner() if is_async else None
        self._clients: list[Any] = []

    def client(
        self,
        connector: Connector,
        settings: Mapping[str, Any] | None = None,
        *,
        auth: Any = None,
        **options: Any,
    ) -> Any:
        """A client of the connector, closed at the end of the test."""
        base = AsyncClient if self.is_async else SyncClient
        kind = type(connector.class_name, (base,), {"_connector": connector})
        made = kind(settings or {}, options, **({} if auth is None else {"auth": auth}))
        self._clients.append(made)
        return made

    def at(self, url: str, *, settings: Mapping[str, Any] | None = None, **given: Any) -> Any:
        """A client of a plain connector at a URL; connector's keywords and options together."""
        options = {name: given.pop(name) for name in list(given) if name in _OPTIONS}
        connector = connector_at(url, **given)
        return self.client(connector, settings, **{"backoff": None, **options})

    def run(self, client: Any, operation: Operation[Any], **given: Any) -> Any:
        """Call an action and give its result."""
        return self.get(client._run(operation, **given))

    def get(self, result: Any) -> Any:
        """What an awaitable gives, in the loop of this test; anything else as it is."""
        if self._runner is None or not hasattr(result, "__await__"):
            return result

        async def awaited() -> Any:
            return await result

        return self._runner.run(awaited())

    def drained(self, parts: Any) -> list[Any]:
        """Everything that an iterator, sync or async, gives."""
        if self._runner is None:
            return list(parts)

        async def gathered() -> list[Any]:
            return [part async for part in parts]

        return self._runner.run(gathered())

    def own_client(self, **options: Any) -> Any:
        """A client of httpx or httpx2, as a user would make it; closed at the end of the test."""
        kind = self.httpx.AsyncClient if self.is_async else self.httpx.Client
        made = kind(**options)
        self._clients.append(made)
        return made

    def close(self) -> None:
        """Close what was made; calling it again does nothing."""
        clients, self._clients = self._clients, []
        for client in clients:
            if self.is_async:
                self.get(client.aclose())
            else:
                client.close()
        if self._runner is not None:
            self._runner.close()


_OPTIONS = frozenset(
    (
        "around",
        "backoff",
        "deadline",
        "debug",
        "http_client",
        "max_attempts",
        "max_header_bytes",
        "max_nesting",
        "max_redirects",
        "max_response_bytes",
        "max_wait",
        "name",
        "on_event",
        "proxy",
        "rate_limits",
        "retry_all_errors",
        "shared_limits",
        "timeout",
    )
)


def connector_at(url: str, **given: Any) -> Connector:
    """A connector of a service at this URL."""
    return Connector(**{"name": "acme", "base_url": template(url), "class_name": "Acme", **given})


def make_faces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """The body of the fixture `face`."""
    is_async, name = request.param
    face = Face(name, is_async=is_async)
    monkeypatch.setattr(library, "library_name", lambda: face.httpx.__name__)
    monkeypatch.setattr(library, "is_watched", lambda: not face.is_core)
    yield face
    face.close()
