"""Actions on query."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

RUN = Operation[dict[str, Any]]("query.run", "GET", "/query", at=body("QueryResponse"))


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


class RawQuery(Resource):
    """query, with whole answers."""

    run = as_raw(Query.run)


class AsyncQuery(AsyncResource):
    """Actions on query."""

    run = as_async(Query.run)

    @property
    def with_raw_response(self) -> AsyncRawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawQuery(self._as_raw())


class AsyncRawQuery(AsyncResource):
    """query, with whole answers."""

    run = as_raw_async(AsyncQuery.run)
