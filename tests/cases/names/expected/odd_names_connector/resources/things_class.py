"""Actions on things.class."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource as _Resource, as_raw_page
from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.things_class import Field

GET: _Operation[list[Field]] = _Operation(
    "things.class.get", "GET", "/class", returns=list[Field], paging="default"
)


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


class RawThingsClass:
    """things.class, with whole answers."""

    def __init__(self, raw: ThingsClass) -> None:
        self.get = as_raw_page(raw.get)


class AsyncThingsClass(AsyncResource):
    """Actions on things.class."""

    def get(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Field]:
        """GET /class."""
        return self._pages(GET, page_size=page_size, start=start, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> AsyncRawThingsClass:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThingsClass(self._as_raw())


class AsyncRawThingsClass:
    """things.class, with whole answers."""

    def __init__(self, raw: AsyncThingsClass) -> None:
        self.get = as_raw_page(raw.get)
