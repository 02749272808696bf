"""Actions on charges."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.shared import Charge, TimeRangeInput

LIST = Operation[list[Charge]](
    "charges.list",
    "GET",
    "/charges",
    at=body("data"),
    formats={
        "query.created": {"gt": "epoch", "gte": "epoch", "lt": "epoch", "lte": "epoch"}
    },
    paging="default",
)
GET = Operation[Charge]("charges.get", "GET", "/charges/{id}")


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


class RawCharges(Resource):
    """charges, with whole answers."""

    list = as_raw_page(Charges.list)
    get = as_raw(Charges.get)


class AsyncCharges(AsyncResource):
    """Actions on charges."""

    list = as_async_pager(Charges.list)
    get = as_async(Charges.get)

    @property
    def with_raw_response(self) -> AsyncRawCharges:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCharges(self._as_raw())


class AsyncRawCharges(AsyncResource):
    """charges, with whole answers."""

    list = as_raw_page(AsyncCharges.list)
    get = as_raw_async(AsyncCharges.get)
