"""Actions on query."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body

RUN: Operation[dict[str, Any]] = Operation(
    "query.run", "GET", "/query", returns=dict[str, Any], at=body("QueryResponse")
)


class Query(Resource):
    """Actions on query."""

    def run(self, *, query: str) -> dict[str, Any]:
        """Run a query, one page of it. GET /query.

        Args:
            query: Such as `select * from Customer startposition 1 maxresults 100`.
        """
        return self._run(RUN, query={"query": query})

    @property
    def with_raw_response(self) -> RawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawQuery(self._as_raw())


class RawQuery:
    """query, with whole answers."""

    def __init__(self, raw: Query) -> None:
        self.run = as_raw(raw.run)


class AsyncQuery(AsyncResource):
    """Actions on query."""

    async def run(self, *, query: str) -> dict[str, Any]:
        """Run a query, one page of it. GET /query.

        Args:
            query: Such as `select * from Customer startposition 1 maxresults 100`.
        """
        return await self._run(RUN, query={"query": query})

    @property
    def with_raw_response(self) -> AsyncRawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawQuery(self._as_raw())


class AsyncRawQuery:
    """query, with whole answers."""

    def __init__(self, raw: AsyncQuery) -> None:
        self.run = as_raw_async(raw.run)
