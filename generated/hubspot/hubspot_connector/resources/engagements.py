"""Actions on engagements."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.engagements import Engagement

LIST = Operation[list[Engagement]](
    "engagements.list",
    "GET",
    "/engagements/v1/engagements/paged",
    at=body("results"),
    paging="legacy",
)


class Engagements(Resource):
    """Actions on engagements."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[Engagement]:
        """List engagements, by the older API. GET /engagements/v1/engagements/paged."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawEngagements:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawEngagements(self._as_raw())


class RawEngagements(Resource):
    """engagements, with whole answers."""

    list = as_raw_page(Engagements.list)


class AsyncEngagements(AsyncResource):
    """Actions on engagements."""

    list = as_async_pager(Engagements.list)

    @property
    def with_raw_response(self) -> AsyncRawEngagements:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawEngagements(self._as_raw())


class AsyncRawEngagements(AsyncResource):
    """engagements, with whole answers."""

    list = as_raw_page(AsyncEngagements.list)
