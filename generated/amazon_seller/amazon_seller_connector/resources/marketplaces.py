"""Actions on marketplaces."""

from __future__ import annotations

from builtins import list as _list

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body

from ..models.marketplaces import Participation

LIST: Operation[list[Participation]] = Operation(
    "marketplaces.list",
    "GET",
    "/sellers/v1/marketplaceParticipations",
    returns=list[Participation],
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


class RawMarketplaces:
    """marketplaces, with whole answers."""

    def __init__(self, raw: Marketplaces) -> None:
        self.list = as_raw(raw.list)


class AsyncMarketplaces(AsyncResource):
    """Actions on marketplaces."""

    async def list(self) -> _list[Participation]:
        """List the marketplaces of the seller. GET /sellers/v1/marketplaceParticipations."""
        return await self._run(LIST)

    @property
    def with_raw_response(self) -> AsyncRawMarketplaces:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawMarketplaces(self._as_raw())


class AsyncRawMarketplaces:
    """marketplaces, with whole answers."""

    def __init__(self, raw: AsyncMarketplaces) -> None:
        self.list = as_raw_async(raw.list)
