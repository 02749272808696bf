"""Actions on marketplaces."""

from __future__ import annotations

from builtins import list as _list

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.marketplaces import Participation

LIST = Operation[list[Participation]](
    "marketplaces.list",
    "GET",
    "/sellers/v1/marketplaceParticipations",
    at=body("payload"),
)


class Marketplaces(Resource):
    """Actions on marketplaces."""

    def list(self) -> _list[Participation]:
        """List the marketplaces of the seller. GET /sellers/v1/marketplaceParticipations."""
        return self._run(LIST)

    @property
    def with_raw_response(self) -> RawMarketplaces:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawMarketplaces(self._as_raw())


class RawMarketplaces(Resource):
    """marketplaces, with whole answers."""

    list = as_raw(Marketplaces.list)


class AsyncMarketplaces(AsyncResource):
    """Actions on marketplaces."""

    list = as_async(Marketplaces.list)

    @property
    def with_raw_response(self) -> AsyncRawMarketplaces:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawMarketplaces(self._as_raw())


class AsyncRawMarketplaces(AsyncResource):
    """marketplaces, with whole answers."""

    list = as_raw_async(AsyncMarketplaces.list)
