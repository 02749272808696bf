"""Actions on activities."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.activities import ActivityType

TYPES = Operation[list[ActivityType]](
    "activities.types",
    "GET",
    "/rest/v1/activities/types.json",
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


class RawActivities(Resource):
    """activities, with whole answers."""

    types = as_raw_page(Activities.types)


class AsyncActivities(AsyncResource):
    """Actions on activities."""

    types = as_async_pager(Activities.types)

    @property
    def with_raw_response(self) -> AsyncRawActivities:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawActivities(self._as_raw())


class AsyncRawActivities(AsyncResource):
    """activities, with whole answers."""

    types = as_raw_page(AsyncActivities.types)
