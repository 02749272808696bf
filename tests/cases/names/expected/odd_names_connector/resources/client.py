"""Actions on client."""

from __future__ import annotations

from ferrule_runtime.client import (
    AsyncResource,
    Resource as _Resource,
    as_raw,
    as_raw_async,
)
from ferrule_runtime.contract import Operation as _Operation

from ..models.client import Client

GET: _Operation[Client] = _Operation("client.get", "GET", "/client", returns=Client)


class ClientResource(_Resource):
    """Actions on client."""

    def get(self) -> Client:
        """GET /client."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawClientResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawClientResource(self._as_raw())


class RawClientResource:
    """client, with whole answers."""

    def __init__(self, raw: ClientResource) -> None:
        self.get = as_raw(raw.get)


class AsyncClientResource(AsyncResource):
    """Actions on client."""

    async def get(self) -> Client:
        """GET /client."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawClientResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawClientResource(self._as_raw())


class AsyncRawClientResource:
    """client, with whole answers."""

    def __init__(self, raw: AsyncClientResource) -> None:
        self.get = as_raw_async(raw.get)
