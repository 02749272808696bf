"""Actions on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.tickets import Priority, Ticket, TicketsCreateCommentInput

LIST = Operation[list[Ticket]](
    "tickets.list", "GET", "/tickets", at=body("tickets"), paging="default"
)
GET = Operation[Ticket]("tickets.get", "GET", "/tickets/{ticket_id}", at=body("ticket"))
CREATE = Operation[Ticket](
    "tickets.create",
    "POST",
    "/tickets",
    at=body("ticket"),
    idempotency_key="Idempotency-Key",
)


class Tickets(Resource):
    """Actions on tickets."""

    def list(
        self,
        *,
        sort: Literal["id", "-id", "updated_at", "-updated_at"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Ticket]:
        """GET /tickets."""
        return self._pages(
            LIST, query={"sort": sort}, page_size=page_size, checkpoint=checkpoint
        )

    def get(self, *, ticket_id: int) -> Ticket:
        """GET /tickets/{ticket_id}."""
        return self._run(GET, path=(ticket_id,))

    def create(
        self,
        *,
        subject: str,
        comment: TicketsCreateCommentInput,
        priority: Priority | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> Ticket:
        """POST /tickets."""
        return self._run(
            CREATE,
            headers={"Idempotency-Key": idempotency_key},
            body={
                "ticket": {
                    "subject": subject,
                    "comment": comment,
                    "priority": priority,
                    "tags": tags,
                }
            },
        )

    @property
    def with_raw_response(self) -> RawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawTickets(self._as_raw())


class RawTickets(Resource):
    """tickets, with whole answers."""

    list = as_raw_page(Tickets.list)
    get = as_raw(Tickets.get)
    create = as_raw(Tickets.create)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    list = as_async_pager(Tickets.list)
    get = as_async(Tickets.get)
    create = as_async(Tickets.create)

    @property
    def with_raw_response(self) -> AsyncRawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTickets(self._as_raw())


class AsyncRawTickets(AsyncResource):
    """tickets, with whole answers."""

    list = as_raw_page(AsyncTickets.list)
    get = as_raw_async(AsyncTickets.get)
    create = as_raw_async(AsyncTickets.create)
