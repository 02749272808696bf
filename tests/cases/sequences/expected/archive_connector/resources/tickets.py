"""Actions on tickets."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, Paging, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.tickets import Ticket

LIST = Operation[list[Ticket]](
    "tickets.list",
    "GET",
    "/{org}/tickets",
    at=body("tickets"),
    paging=Paging(
        cursor=body("next"),
        into=(("query", "cursor"),),
        size=("query", "size"),
        max_size=100,
    ),
)


class Tickets(Resource):
    """Actions on tickets."""

    def list(
        self,
        *,
        org: str,
        state: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Ticket]:
        """GET /{org}/tickets."""
        return self._pages(
            LIST,
            path=(org,),
            query={"state": state},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawTickets(self._as_raw())


class RawTickets(Resource):
    """tickets, with whole answers."""

    list = as_raw_page(Tickets.list)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    list = as_async_pager(Tickets.list)

    @property
    def with_raw_response(self) -> AsyncRawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTickets(self._as_raw())


class AsyncRawTickets(AsyncResource):
    """tickets, with whole answers."""

    list = as_raw_page(AsyncTickets.list)
