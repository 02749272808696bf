"""Actions on search."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.shared import Issue

ISSUES = Operation[list[Issue]](
    "search.issues",
    "GET",
    "/search/issues",
    at=body("items"),
    paging="default",
    limits=("search",),
)


class Search(Resource):
    """Actions on search."""

    def issues(
        self, *, q: str, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[Issue]:
        """Search issues and pull requests. GET /search/issues.

        Args:
            q: The search, such as `repo:octocat/hello is:open`.
        """
        return self._pages(
            ISSUES, query={"q": q}, page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawSearch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawSearch(self._as_raw())


class RawSearch(Resource):
    """search, with whole answers."""

    issues = as_raw_page(Search.issues)


class AsyncSearch(AsyncResource):
    """Actions on search."""

    issues = as_async_pager(Search.issues)

    @property
    def with_raw_response(self) -> AsyncRawSearch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawSearch(self._as_raw())


class AsyncRawSearch(AsyncResource):
    """search, with whole answers."""

    issues = as_raw_page(AsyncSearch.issues)
