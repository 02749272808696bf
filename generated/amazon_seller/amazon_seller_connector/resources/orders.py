"""Actions on orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ferrule_runtime.contract import NoAuth, Operation, Step, body, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.orders import Address, Order

if TYPE_CHECKING:
    from .orders_items import AsyncOrdersItems, OrdersItems

LIST = Operation[list[Order]](
    "orders.list",
    "GET",
    "/orders/v0/orders",
    at=body("payload", "Orders"),
    arrays="csv",
    paging="default",
    limits=("orders",),
)
ADDRESS = Operation[Address](
    "orders.address",
    "GET",
    template("/orders/v0/orders/", ref("input", "order_id"), "/address"),
    at=body("payload", "ShippingAddress"),
    limits=("items",),
    auth=NoAuth(),
    headers={"x-amz-access-token": template(ref("let", "restricted"))},
    before=(
        Step(
            Operation(
                "orders.address",
                "POST",
                "/tokens/2021-03-01/restrictedDataToken",
                limits=("items",),
                body={
                    "restrictedResources": [
                        {
                            "method": template("GET"),
                            "path": template(
                                "/orders/v0/orders/",
                                ref("input", "order_id"),
                                "/address",
                            ),
                        }
                    ]
                },
            ),
            {"restricted": body("restrictedDataToken")},
        ),
    ),
)


class Orders(Resource):
    """Actions on orders."""

    items: Lazy[OrdersItems] = Lazy(".orders_items", "OrdersItems")

    def list(
        self,
        *,
        marketplace_ids: Sequence[str],
        last_updated_after: datetime | Omit = omit,
        max_results_per_page: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Order]:
        """List orders. GET /orders/v0/orders."""
        return self._pages(
            LIST,
            query={
                "MarketplaceIds": marketplace_ids,
                "LastUpdatedAfter": last_updated_after,
                "MaxResultsPerPage": max_results_per_page,
            },
            checkpoint=checkpoint,
        )

    def address(self, *, order_id: str) -> Address:
        """Show where an order is shipped to; personal, so it takes a token of its own. POST /tokens/2021-03-01/restrictedDataToken, GET /orders/v0/orders/${order_id}/address."""
        return self._run(ADDRESS, input={"order_id": order_id})

    @property
    def with_raw_response(self) -> RawOrders:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawOrders(self._as_raw())


class RawOrders(Resource):
    """orders, with whole answers."""

    list = as_raw_page(Orders.list)
    address = as_raw(Orders.address)


class AsyncOrders(AsyncResource):
    """Actions on orders."""

    items: Lazy[AsyncOrdersItems] = Lazy(".orders_items", "AsyncOrdersItems")

    list = as_async_pager(Orders.list)
    address = as_async(Orders.address)

    @property
    def with_raw_response(self) -> AsyncRawOrders:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawOrders(self._as_raw())


class AsyncRawOrders(AsyncResource):
    """orders, with whole answers."""

    list = as_raw_page(AsyncOrders.list)
    address = as_raw_async(AsyncOrders.address)
