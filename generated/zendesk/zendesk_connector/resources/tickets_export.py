"""Actions on tickets.export."""

from __future__ import annotations

from datetime import datetime

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, Paging, body, not_, truthy
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.shared import Ticket

CURSOR: Operation[list[Ticket]] = Operation(
    "tickets.export.cursor",
    "GET",
    "/incremental/tickets/cursor",
    returns=list[Ticket],
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


class RawTicketsExport:
    """tickets.export, with whole answers."""

    def __init__(self, raw: TicketsExport) -> None:
        self.cursor = as_raw_page(raw.cursor)


class AsyncTicketsExport(AsyncResource):
    """Actions on tickets.export."""

    def cursor(
        self,
        *,
        start_time: datetime,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Ticket]:
        """Read every ticket that changed since a time. GET /incremental/tickets/cursor."""
        return self._pages(
            CURSOR,
            query={"start_time": start_time},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> AsyncRawTicketsExport:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTicketsExport(self._as_raw())


class AsyncRawTicketsExport:
    """tickets.export, with whole answers."""

    def __init__(self, raw: AsyncTicketsExport) -> None:
        self.cursor = as_raw_page(raw.cursor)
