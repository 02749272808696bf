"""Actions on tickets."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, Paging, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.tickets import Ticket

LIST: Operation[list[Ticket]] = Operation(
    "tickets.list",
    "GET",
    "/{org}/tickets",
    returns=list[Ticket],
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


class RawTickets:
    """tickets, with whole answers."""

    def __init__(self, raw: Tickets) -> None:
        self.list = as_raw_page(raw.list)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    def list(
        self,
        *,
        org: str,
        state: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Ticket]:
        """GET /{org}/tickets."""
        return self._pages(
            LIST,
            path=(org,),
            query={"state": state},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> AsyncRawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTickets(self._as_raw())


class AsyncRawTickets:
    """tickets, with whole answers."""

    def __init__(self, raw: AsyncTickets) -> None:
        self.list = as_raw_page(raw.list)
