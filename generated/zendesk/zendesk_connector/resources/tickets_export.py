"""Actions on tickets.export."""

from __future__ import annotations

from datetime import datetime

from ferrule_runtime.contract import Operation, Paging, body, not_, truthy
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.shared import Ticket

CURSOR = Operation[list[Ticket]](
    "tickets.export.cursor",
    "GET",
    "/incremental/tickets/cursor",
    at=body("tickets"),
    formats={"query.start_time": "epoch"},
    paging=Paging(
        next_url=body("after_url"),
        size=("query", "page[size]"),
        default_size=100,
        max_size=100,
        more=not_(truthy(body("end_of_stream"))),
    ),
    limits=("incremental",),
)


class TicketsExport(Resource):
    """Actions on tickets.export."""

    def cursor(
        self,
        *,
        start_time: datetime,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Ticket]:
        """Read every ticket that changed since a time. GET /incremental/tickets/cursor."""
        return self._pages(
            CURSOR,
            query={"start_time": start_time},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawTicketsExport:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawTicketsExport(self._as_raw())


class RawTicketsExport(Resource):
    """tickets.export, with whole answers."""

    cursor = as_raw_page(TicketsExport.cursor)


class AsyncTicketsExport(AsyncResource):
    """Actions on tickets.export."""

    cursor = as_async_pager(TicketsExport.cursor)

    @property
    def with_raw_response(self) -> AsyncRawTicketsExport:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTicketsExport(self._as_raw())


class AsyncRawTicketsExport(AsyncResource):
    """tickets.export, with whole answers."""

    cursor = as_raw_page(AsyncTicketsExport.cursor)
