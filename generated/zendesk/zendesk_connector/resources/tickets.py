"""Actions on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal, TYPE_CHECKING

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.shared import Priority, Status, Ticket
from ..models.tickets import TicketsCreateCommentInput, TicketsUpdateCommentInput

if TYPE_CHECKING:
    from .tickets_comments import AsyncTicketsComments, TicketsComments
    from .tickets_export import AsyncTicketsExport, TicketsExport

LIST: Operation[list[Ticket]] = Operation(
    "tickets.list",
    "GET",
    "/tickets",
    returns=list[Ticket],
    at=body("tickets"),
    paging="default",
)
GET: Operation[Ticket] = Operation(
    "tickets.get", "GET", "/tickets/{ticket_id}", returns=Ticket, at=body("ticket")
)
CREATE: Operation[Ticket] = Operation(
    "tickets.create",
    "POST",
    "/tickets",
    returns=Ticket,
    at=body("ticket"),
    idempotency_key="Idempotency-Key",
)
UPDATE: Operation[Ticket] = Operation(
    "tickets.update", "PUT", "/tickets/{ticket_id}", returns=Ticket, at=body("ticket")
)
DELETE: Operation[None] = Operation("tickets.delete", "DELETE", "/tickets/{ticket_id}")


class Tickets(Resource):
    """Actions on tickets."""

    @cached_property
    def comments(self) -> TicketsComments:
        """Actions on tickets.comments."""
        from .tickets_comments import TicketsComments

        return TicketsComments(self._client)

    @cached_property
    def export(self) -> TicketsExport:
        """Actions on tickets.export."""
        from .tickets_export import TicketsExport

        return TicketsExport(self._client)

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


class RawTickets:
    """tickets, with whole answers."""

    def __init__(self, raw: Tickets) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)
        self.update = as_raw(raw.update)
        self.delete = as_raw(raw.delete)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    @cached_property
    def comments(self) -> AsyncTicketsComments:
        """Actions on tickets.comments."""
        from .tickets_comments import AsyncTicketsComments

        return AsyncTicketsComments(self._client)

    @cached_property
    def export(self) -> AsyncTicketsExport:
        """Actions on tickets.export."""
        from .tickets_export import AsyncTicketsExport

        return AsyncTicketsExport(self._client)

    def list(
        self,
        *,
        sort: Literal["id", "-id", "updated_at", "-updated_at"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Ticket]:
        """List tickets. GET /tickets."""
        return self._pages(
            LIST, query={"sort": sort}, page_size=page_size, checkpoint=checkpoint
        )

    async def get(self, *, ticket_id: int) -> Ticket:
        """Show a ticket. GET /tickets/{ticket_id}."""
        return await self._run(GET, path=(ticket_id,))

    async def create(
        self,
        *,
        subject: str,
        comment: TicketsCreateCommentInput,
        priority: Priority | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> Ticket:
        """Create a ticket. POST /tickets."""
        return await self._run(
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

    async def update(
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
        return await self._run(
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

    async def delete(self, *, ticket_id: int) -> None:
        """Delete a ticket. DELETE /tickets/{ticket_id}."""
        return await self._run(DELETE, path=(ticket_id,))

    @property
    def with_raw_response(self) -> AsyncRawTickets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTickets(self._as_raw())


class AsyncRawTickets:
    """tickets, with whole answers."""

    def __init__(self, raw: AsyncTickets) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
        self.create = as_raw_async(raw.create)
        self.update = as_raw_async(raw.update)
        self.delete = as_raw_async(raw.delete)
