"""Actions on search."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

RUN = Operation[list[Any]](
    "search.run", "GET", "/search", at=body("results"), paging="legacy"
)


class Search(Resource):
    """Actions on search."""

    def run(
        self, *, query: str, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[Any]:
        """Search tickets, users and organizations. GET /search.

        Args:
            query: What to look for, such as `type:ticket status:open`.
        """
        return self._pages(
            RUN, query={"query": query}, page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawSearch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawSearch(self._as_raw())


class RawSearch(Resource):
    """search, with whole answers."""

    run = as_raw_page(Search.run)


class AsyncSearch(AsyncResource):
    """Actions on search."""

    run = as_async_pager(Search.run)

    @property
    def with_raw_response(self) -> AsyncRawSearch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawSearch(self._as_raw())


class AsyncRawSearch(AsyncResource):
    """search, with whole answers."""

    run = as_raw_page(AsyncSearch.run)
