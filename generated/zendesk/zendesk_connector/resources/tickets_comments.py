"""Actions on tickets.comments."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.tickets_comments import Comment

LIST = Operation[list[Comment]](
    "tickets.comments.list",
    "GET",
    "/tickets/{ticket_id}/comments",
    at=body("comments"),
    paging="default",
)


class TicketsComments(Resource):
    """Actions on tickets.comments."""

    def list(
        self,
        *,
        ticket_id: int,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Comment]:
        """List the comments on a ticket. GET /tickets/{ticket_id}/comments."""
        return self._pages(
            LIST, path=(ticket_id,), page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawTicketsComments:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawTicketsComments(self._as_raw())


class RawTicketsComments(Resource):
    """tickets.comments, with whole answers."""

    list = as_raw_page(TicketsComments.list)


class AsyncTicketsComments(AsyncResource):
    """Actions on tickets.comments."""

    list = as_async_pager(TicketsComments.list)

    @property
    def with_raw_response(self) -> AsyncRawTicketsComments:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawTicketsComments(self._as_raw())


class AsyncRawTicketsComments(AsyncResource):
    """tickets.comments, with whole answers."""

    list = as_raw_page(AsyncTicketsComments.list)
