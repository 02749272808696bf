"""Actions on client."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.client import Client

GET = _Operation[Client]("client.get", "GET", "/client")


class ClientResource(_Resource):
    """Actions on client."""

    def get(self) -> Client:
        """GET /client."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawClientResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawClientResource(self._as_raw())


class RawClientResource(_Resource):
    """client, with whole answers."""

    get = as_raw(ClientResource.get)


class AsyncClientResource(AsyncResource):
    """Actions on client."""

    get = as_async(ClientResource.get)

    @property
    def with_raw_response(self) -> AsyncRawClientResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawClientResource(self._as_raw())


class AsyncRawClientResource(AsyncResource):
    """client, with whole answers."""

    get = as_raw_async(AsyncClientResource.get)
