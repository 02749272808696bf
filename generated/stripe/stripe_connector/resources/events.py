"""Actions on events."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.contract import Errors, Operation, Outcome, Rule, body, in_, status
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.events import Event
from ..models.shared import TimeRangeInput

LIST = Operation[list[Event]](
    "events.list",
    "GET",
    "/events",
    at=body("data"),
    ignores=True,
    formats={
        "query.created": {"gt": "epoch", "gte": "epoch", "lt": "epoch", "lte": "epoch"}
    },
    paging="default",
    errors=Errors(rules=(Rule(in_(status(), 400, 403, 404), Outcome("ignore")),)),
)


class Events(Resource):
    """Actions on events."""

    def list(
        self,
        *,
        types: Sequence[str] | Omit = omit,
        created: TimeRangeInput | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Event]:
        """List events of the last thirty days. GET /events."""
        return self._pages(
            LIST,
            query={"types": types, "created": created},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawEvents:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawEvents(self._as_raw())


class RawEvents(Resource):
    """events, with whole answers."""

    list = as_raw_page(Events.list)


class AsyncEvents(AsyncResource):
    """Actions on events."""

    list = as_async_pager(Events.list)

    @property
    def with_raw_response(self) -> AsyncRawEvents:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawEvents(self._as_raw())


class AsyncRawEvents(AsyncResource):
    """events, with whole answers."""

    list = as_raw_page(AsyncEvents.list)
