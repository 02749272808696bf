"""Actions on query."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

RUN: Operation[list[dict[str, Any]]] = Operation(
    "query.run",
    "GET",
    "/query",
    returns=list[dict[str, Any]],
    at=body("records"),
    paging="default",
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


class RawQuery:
    """query, with whole answers."""

    def __init__(self, raw: Query) -> None:
        self.run = as_raw_page(raw.run)


class AsyncQuery(AsyncResource):
    """Actions on query."""

    def run(
        self, *, q: str, checkpoint: str | Omit = omit
    ) -> AsyncPager[dict[str, Any]]:
        """Run a SOQL query; every page of it. GET /query.

        Args:
            q: Such as `SELECT Id, Name FROM Account`.
        """
        return self._pages(RUN, query={"q": q}, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> AsyncRawQuery:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawQuery(self._as_raw())


class AsyncRawQuery:
    """query, with whole answers."""

    def __init__(self, raw: AsyncQuery) -> None:
        self.run = as_raw_page(raw.run)
