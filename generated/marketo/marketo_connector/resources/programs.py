"""Actions on programs."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.programs import Program

LIST = Operation[list[Program]](
    "programs.list",
    "GET",
    "/rest/asset/v1/programs.json",
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


class RawPrograms(Resource):
    """programs, with whole answers."""

    list = as_raw_page(Programs.list)


class AsyncPrograms(AsyncResource):
    """Actions on programs."""

    list = as_async_pager(Programs.list)

    @property
    def with_raw_response(self) -> AsyncRawPrograms:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawPrograms(self._as_raw())


class AsyncRawPrograms(AsyncResource):
    """programs, with whole answers."""

    list = as_raw_page(AsyncPrograms.list)
