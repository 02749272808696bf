"""Actions on shop."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body, ref, template

from ..models.shop import Shop

GET: Operation[Shop] = Operation(
    "shop.get",
    "GET",
    template("/api/", ref("api_version"), "/shop.json"),
    returns=Shop,
    at=body("shop"),
)


class ShopResource(Resource):
    """Actions on shop."""

    def get(self) -> Shop:
        """Show the shop. GET /api/${api_version}/shop.json."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawShopResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawShopResource(self._as_raw())


class RawShopResource:
    """shop, with whole answers."""

    def __init__(self, raw: ShopResource) -> None:
        self.get = as_raw(raw.get)


class AsyncShopResource(AsyncResource):
    """Actions on shop."""

    async def get(self) -> Shop:
        """Show the shop. GET /api/${api_version}/shop.json."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawShopResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawShopResource(self._as_raw())


class AsyncRawShopResource:
    """shop, with whole answers."""

    def __init__(self, raw: AsyncShopResource) -> None:
        self.get = as_raw_async(raw.get)
