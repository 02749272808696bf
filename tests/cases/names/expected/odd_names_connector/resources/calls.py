"""Actions on calls."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.calls import Tag

LIST = _Operation[list[Tag]]("calls.list", "GET", "/calls", paging="default")


class Calls(_Resource):
    """Actions on calls."""

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Tag]:
        """GET /calls."""
        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawCalls:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCalls(self._as_raw())


class RawCalls(_Resource):
    """calls, with whole answers."""

    list = as_raw_page(Calls.list)


class AsyncCalls(AsyncResource):
    """Actions on calls."""

    list = as_async_pager(Calls.list)

    @property
    def with_raw_response(self) -> AsyncRawCalls:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCalls(self._as_raw())


class AsyncRawCalls(AsyncResource):
    """calls, with whole answers."""

    list = as_raw_page(AsyncCalls.list)
