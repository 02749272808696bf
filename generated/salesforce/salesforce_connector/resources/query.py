"""Actions on query."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

RUN = Operation[list[dict[str, Any]]](
    "query.run", "GET", "/query", at=body("records"), paging="default"
)


class Query(Resource):
    """Actions on query."""

    def run(self, *, q: str, checkpoint: str | Omit = omit) -> Pager[dict[str, Any]]:
        """Run a SOQL query; every page of it. GET /query.

        Args:
            q: Such as `SELECT Id, Name FROM Account`.
        """
        return self._pages(RUN, query={"q": q}, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawQuery(self._as_raw())


class RawQuery(Resource):
    """query, with whole answers."""

    run = as_raw_page(Query.run)


class AsyncQuery(AsyncResource):
    """Actions on query."""

    run = as_async_pager(Query.run)

    @property
    def with_raw_response(self) -> AsyncRawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawQuery(self._as_raw())


class AsyncRawQuery(AsyncResource):
    """query, with whole answers."""

    run = as_raw_page(AsyncQuery.run)
