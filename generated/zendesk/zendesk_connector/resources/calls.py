"""Actions on calls."""

from __future__ import annotations

from datetime import datetime

from ferrule_runtime.contract import Operation, Paging, body, greater_equal
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.calls import Call

EXPORT = Operation[list[Call]](
    "calls.export",
    "GET",
    "/channels/voice/stats/incremental/calls",
    at=body("calls"),
    formats={"query.start_time": "epoch"},
    paging=Paging(
        next_url=body("next_page"),
        size=("query", "page[size]"),
        default_size=100,
        max_size=100,
        more=greater_equal(body("count"), 1000),
    ),
    limits=("incremental",),
)


class Calls(Resource):
    """Actions on calls."""

    def export(
        self,
        *,
        start_time: datetime,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Call]:
        """Read every call that changed since a time. GET /channels/voice/stats/incremental/calls.

        The last page has fewer than a thousand calls and names a next page all the same.
        """
        return self._pages(
            EXPORT,
            query={"start_time": start_time},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawCalls:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCalls(self._as_raw())


class RawCalls(Resource):
    """calls, with whole answers."""

    export = as_raw_page(Calls.export)


class AsyncCalls(AsyncResource):
    """Actions on calls."""

    export = as_async_pager(Calls.export)

    @property
    def with_raw_response(self) -> AsyncRawCalls:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCalls(self._as_raw())


class AsyncRawCalls(AsyncResource):
    """calls, with whole answers."""

    export = as_raw_page(AsyncCalls.export)
