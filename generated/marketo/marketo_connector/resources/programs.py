"""Actions on programs."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.programs import Program

LIST: Operation[list[Program]] = Operation(
    "programs.list",
    "GET",
    "/rest/asset/v1/programs.json",
    returns=list[Program],
    at=body("result"),
    paging="assets",
)


class Programs(Resource):
    """Actions on programs."""

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Program]:
        """List programs. GET /rest/asset/v1/programs.json."""
        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawPrograms:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawPrograms(self._as_raw())


class RawPrograms:
    """programs, with whole answers."""

    def __init__(self, raw: Programs) -> None:
        self.list = as_raw_page(raw.list)


class AsyncPrograms(AsyncResource):
    """Actions on programs."""

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Program]:
        """List programs. GET /rest/asset/v1/programs.json."""
        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> AsyncRawPrograms:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawPrograms(self._as_raw())


class AsyncRawPrograms:
    """programs, with whole answers."""

    def __init__(self, raw: AsyncPrograms) -> None:
        self.list = as_raw_page(raw.list)
