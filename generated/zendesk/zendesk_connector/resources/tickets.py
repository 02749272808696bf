"""Actions on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TYPE_CHECKING

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.shared import Priority, Status, Ticket
from ..models.tickets import TicketsCreateCommentInput, TicketsUpdateCommentInput

if TYPE_CHECKING:
    from .tickets_comments import AsyncTicketsComments, TicketsComments
    from .tickets_export import AsyncTicketsExport, TicketsExport

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
UPDATE = Operation[Ticket](
    "tickets.update", "PUT", "/tickets/{ticket_id}", at=body("ticket")
)
DELETE = Operation[None]("tickets.delete", "DELETE", "/tickets/{ticket_id}")


class Tickets(Resource):
    """Actions on tickets."""

    comments: Lazy[TicketsComments] = Lazy(".tickets_comments", "TicketsComments")
    export: Lazy[TicketsExport] = Lazy(".tickets_export", "TicketsExport")

    def list(
        self,
        *,
        sort: Literal["id", "-id", "updated_at", "-updated_at"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Ticket]:
        """List tickets. GET /tickets."""
        return self._pages(
            LIST, query={"sort": sort}, page_size=page_size, checkpoint=checkpoint
        )

    def get(self, *, ticket_id: int) -> Ticket:
        """Show a ticket. GET /tickets/{ticket_id}."""
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
        """Create a ticket. POST /tickets."""
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

    def update(
        self,
        *,
        ticket_id: int,
        subject: str | Omit = omit,
        status: Status | Omit = omit,
        priority: Priority | Omit | None = omit,
        tags: Sequence[str] | Omit = omit,
        comment: TicketsUpdateCommentInput | Omit = omit,
    ) -> Ticket:
        """Change a ticket. PUT /tickets/{ticket_id}."""
        return self._run(
            UPDATE,
            path=(ticket_id,),
            body={
                "ticket": {
                    "subject": subject,
                    "status": status,
                    "priority": priority,
                    "tags": tags,
                    "comment": comment,
                }
            },
        )

    def delete(self, *, ticket_id: int) -> None:
        """Delete a ticket. DELETE /tickets/{ticket_id}."""
        return self._run(DELETE, path=(ticket_id,))

    @property
    def with_raw_response(self) -> RawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawTickets(self._as_raw())


class RawTickets(Resource):
    """tickets, with whole answers."""

    list = as_raw_page(Tickets.list)
    get = as_raw(Tickets.get)
    create = as_raw(Tickets.create)
    update = as_raw(Tickets.update)
    delete = as_raw(Tickets.delete)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    comments: Lazy[AsyncTicketsComments] = Lazy(
        ".tickets_comments", "AsyncTicketsComments"
    )
    export: Lazy[AsyncTicketsExport] = Lazy(".tickets_export", "AsyncTicketsExport")

    list = as_async_pager(Tickets.list)
    get = as_async(Tickets.get)
    create = as_async(Tickets.create)
    update = as_async(Tickets.update)
    delete = as_async(Tickets.delete)

    @property
    def with_raw_response(self) -> AsyncRawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTickets(self._as_raw())


class AsyncRawTickets(AsyncResource):
    """tickets, with whole answers."""

    list = as_raw_page(AsyncTickets.list)
    get = as_raw_async(AsyncTickets.get)
    create = as_raw_async(AsyncTickets.create)
    update = as_raw_async(AsyncTickets.update)
    delete = as_raw_async(AsyncTickets.delete)
