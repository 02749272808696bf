"""Actions on orders.items."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.orders_items import Item

LIST = Operation[list[Item]](
    "orders.items.list",
    "GET",
    "/orders/v0/orders/{order_id}/orderItems",
    at=body("payload", "OrderItems"),
    paging="default",
    limits=("items",),
)


class OrdersItems(Resource):
    """Actions on orders.items."""

    def list(self, *, order_id: str, checkpoint: str | Omit = omit) -> Pager[Item]:
        """List what was ordered. GET /orders/v0/orders/{order_id}/orderItems."""
        return self._pages(LIST, path=(order_id,), checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawOrdersItems:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawOrdersItems(self._as_raw())


class RawOrdersItems(Resource):
    """orders.items, with whole answers."""

    list = as_raw_page(OrdersItems.list)


class AsyncOrdersItems(AsyncResource):
    """Actions on orders.items."""

    list = as_async_pager(OrdersItems.list)

    @property
    def with_raw_response(self) -> AsyncRawOrdersItems:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawOrdersItems(self._as_raw())


class AsyncRawOrdersItems(AsyncResource):
    """orders.items, with whole answers."""

    list = as_raw_page(AsyncOrdersItems.list)
