"""Actions on orders."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, Paging, body, ref, template, truthy
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.orders import Order

SEARCH = Operation[list[Order]](
    "orders.search",
    "POST",
    template("/api/", ref("api_version"), "/graphql.json"),
    at=body("data", "orders", "nodes"),
    send="graphql",
    document=(
        "query Orders($first: Int!, $after: String, $query: String) {\n  orders(first: $first, after: $after, query: $query) {\n    nodes { id name createdAt }\n    pageInfo { hasNextPage endCursor }\n  }\n}\n",
        "Orders",
    ),
    paging=Paging(
        cursor=body("data", "orders", "pageInfo", "endCursor"),
        into=(("body", "after"),),
        size=("body", "first"),
        default_size=50,
        max_size=250,
        more=truthy(body("data", "orders", "pageInfo", "hasNextPage")),
    ),
    limits=("graphql",),
    cost=body("extensions", "cost", "actualQueryCost"),
    replay="safe",
)


class Orders(Resource):
    """Actions on orders."""

    def search(
        self,
        *,
        query: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Order]:
        """Find orders by GraphQL, which asks for no more than it needs. POST /api/${api_version}/graphql.json.

        Args:
            query: A search, such as `created_at:>2026-01-01`.
        """
        return self._pages(
            SEARCH, body={"query": query}, page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawOrders:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawOrders(self._as_raw())


class RawOrders(Resource):
    """orders, with whole answers."""

    search = as_raw_page(Orders.search)


class AsyncOrders(AsyncResource):
    """Actions on orders."""

    search = as_async_pager(Orders.search)

    @property
    def with_raw_response(self) -> AsyncRawOrders:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawOrders(self._as_raw())


class AsyncRawOrders(AsyncResource):
    """orders, with whole answers."""

    search = as_raw_page(AsyncOrders.search)
