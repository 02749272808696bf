"""Actions on tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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

from ..models.tickets import Priority, Ticket, TicketsCreateCommentInput

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


class RawTickets:
    """tickets, with whole answers."""

    def __init__(self, raw: Tickets) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)


class AsyncTickets(AsyncResource):
    """Actions on tickets."""

    def list(
        self,
        *,
        sort: Literal["id", "-id", "updated_at", "-updated_at"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Ticket]:
        """GET /tickets."""
        return self._pages(
            LIST, query={"sort": sort}, page_size=page_size, checkpoint=checkpoint
        )

    async def get(self, *, ticket_id: int) -> Ticket:
        """GET /tickets/{ticket_id}."""
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
        """POST /tickets."""
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
