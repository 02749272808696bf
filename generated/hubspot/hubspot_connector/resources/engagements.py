"""Actions on engagements."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.engagements import Engagement

LIST: Operation[list[Engagement]] = Operation(
    "engagements.list",
    "GET",
    "/engagements/v1/engagements/paged",
    returns=list[Engagement],
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


class RawEngagements:
    """engagements, with whole answers."""

    def __init__(self, raw: Engagements) -> None:
        self.list = as_raw_page(raw.list)


class AsyncEngagements(AsyncResource):
    """Actions on engagements."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncPager[Engagement]:
        """List engagements, by the older API. GET /engagements/v1/engagements/paged."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> AsyncRawEngagements:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawEngagements(self._as_raw())


class AsyncRawEngagements:
    """engagements, with whole answers."""

    def __init__(self, raw: AsyncEngagements) -> None:
        self.list = as_raw_page(raw.list)
