"""Actions on shop."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body, ref, template
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shop import Shop

GET = Operation[Shop](
    "shop.get",
    "GET",
    template("/api/", ref("api_version"), "/shop.json"),
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


class RawShopResource(Resource):
    """shop, with whole answers."""

    get = as_raw(ShopResource.get)


class AsyncShopResource(AsyncResource):
    """Actions on shop."""

    get = as_async(ShopResource.get)

    @property
    def with_raw_response(self) -> AsyncRawShopResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawShopResource(self._as_raw())


class AsyncRawShopResource(AsyncResource):
    """shop, with whole answers."""

    get = as_raw_async(AsyncShopResource.get)
