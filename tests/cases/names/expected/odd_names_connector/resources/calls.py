"""Actions on calls."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource as _Resource, as_raw_page
from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.calls import Tag

LIST: _Operation[list[Tag]] = _Operation(
    "calls.list", "GET", "/calls", returns=list[Tag], paging="default"
)


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


class RawCalls:
    """calls, with whole answers."""

    def __init__(self, raw: Calls) -> None:
        self.list = as_raw_page(raw.list)


class AsyncCalls(AsyncResource):
    """Actions on calls."""

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Tag]:
        """GET /calls."""
        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> AsyncRawCalls:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCalls(self._as_raw())


class AsyncRawCalls:
    """calls, with whole answers."""

    def __init__(self, raw: AsyncCalls) -> None:
        self.list = as_raw_page(raw.list)
