"""Actions on rows."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.contract import Operation, Split, body
from ferrule_runtime.models import StrictInt
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shared import RowInput

INSERT: Operation[list[int]] = Operation(
    "rows.insert",
    "POST",
    "/rows",
    returns=list[StrictInt],
    at=body("ids"),
    idempotency_key="Idempotency-Key",
    split=Split(("body", "records"), 10),
)


class Rows(Resource):
    """Actions on rows."""

    def insert(
        self, *, records: Sequence[RowInput], idempotency_key: str | Omit = omit
    ) -> list[int]:
        """POST /rows."""
        return self._run(
            INSERT,
            headers={"Idempotency-Key": idempotency_key},
            body={"records": records},
        )

    @property
    def with_raw_response(self) -> RawRows:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRows(self._as_raw())


class RawRows(Resource):
    """rows, with whole answers."""

    insert = as_raw(Rows.insert)


class AsyncRows(AsyncResource):
    """Actions on rows."""

    insert = as_async(Rows.insert)

    @property
    def with_raw_response(self) -> AsyncRawRows:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRows(self._as_raw())


class AsyncRawRows(AsyncResource):
    """rows, with whole answers."""

    insert = as_raw_async(AsyncRows.insert)
