"""Actions on activities."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.activities import ActivityType

TYPES: Operation[list[ActivityType]] = Operation(
    "activities.types",
    "GET",
    "/rest/v1/activities/types.json",
    returns=list[ActivityType],
    at=body("result"),
    paging="default",
)


class Activities(Resource):
    """Actions on activities."""

    def types(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[ActivityType]:
        """List the kinds of activities. GET /rest/v1/activities/types.json."""
        return self._pages(TYPES, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawActivities:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawActivities(self._as_raw())


class RawActivities:
    """activities, with whole answers."""

    def __init__(self, raw: Activities) -> None:
        self.types = as_raw_page(raw.types)


class AsyncActivities(AsyncResource):
    """Actions on activities."""

    def types(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncPager[ActivityType]:
        """List the kinds of activities. GET /rest/v1/activities/types.json."""
        return self._pages(TYPES, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> AsyncRawActivities:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawActivities(self._as_raw())


class AsyncRawActivities:
    """activities, with whole answers."""

    def __init__(self, raw: AsyncActivities) -> None:
        self.types = as_raw_page(raw.types)
