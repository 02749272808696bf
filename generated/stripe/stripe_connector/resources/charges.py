"""Actions on charges."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.shared import Charge, TimeRangeInput

LIST: Operation[list[Charge]] = Operation(
    "charges.list",
    "GET",
    "/charges",
    returns=list[Charge],
    at=body("data"),
    formats={
        "query.created": {"gt": "epoch", "gte": "epoch", "lt": "epoch", "lte": "epoch"}
    },
    paging="default",
)
GET: Operation[Charge] = Operation(
    "charges.get", "GET", "/charges/{id}", returns=Charge
)


class Charges(Resource):
    """Actions on charges."""

    def list(
        self,
        *,
        customer: str | Omit = omit,
        created: TimeRangeInput | Omit = omit,
        expand: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Charge]:
        """List charges, newest first. GET /charges."""
        return self._pages(
            LIST,
            query={"customer": customer, "created": created, "expand": expand},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, id_: str, expand: Sequence[str] | Omit = omit) -> Charge:
        """Show a charge. GET /charges/{id}."""
        return self._run(GET, path=(id_,), query={"expand": expand})

    @property
    def with_raw_response(self) -> RawCharges:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCharges(self._as_raw())


class RawCharges:
    """charges, with whole answers."""

    def __init__(self, raw: Charges) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)


class AsyncCharges(AsyncResource):
    """Actions on charges."""

    def list(
        self,
        *,
        customer: str | Omit = omit,
        created: TimeRangeInput | Omit = omit,
        expand: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Charge]:
        """List charges, newest first. GET /charges."""
        return self._pages(
            LIST,
            query={"customer": customer, "created": created, "expand": expand},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(self, *, id_: str, expand: Sequence[str] | Omit = omit) -> Charge:
        """Show a charge. GET /charges/{id}."""
        return await self._run(GET, path=(id_,), query={"expand": expand})

    @property
    def with_raw_response(self) -> AsyncRawCharges:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCharges(self._as_raw())


class AsyncRawCharges:
    """charges, with whole answers."""

    def __init__(self, raw: AsyncCharges) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
