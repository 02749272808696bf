"""Actions on things.class."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.things_class import Field

GET = _Operation[list[Field]]("things.class.get", "GET", "/class", paging="default")


class ThingsClass(_Resource):
    """Actions on things.class."""

    def get(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Field]:
        """GET /class."""
        return self._pages(GET, page_size=page_size, start=start, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawThingsClass:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawThingsClass(self._as_raw())


class RawThingsClass(_Resource):
    """things.class, with whole answers."""

    get = as_raw_page(ThingsClass.get)


class AsyncThingsClass(AsyncResource):
    """Actions on things.class."""

    get = as_async_pager(ThingsClass.get)

    @property
    def with_raw_response(self) -> AsyncRawThingsClass:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThingsClass(self._as_raw())


class AsyncRawThingsClass(AsyncResource):
    """things.class, with whole answers."""

    get = as_raw_page(AsyncThingsClass.get)
