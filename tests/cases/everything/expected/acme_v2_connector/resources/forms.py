"""Actions on forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

SEND = Operation[dict[str, Any]](
    "forms.send",
    "POST",
    "/forms",
    formats={"body.took": "iso8601", "body.raw": "hex"},
    arrays="brackets",
    send="form",
    idempotency_key="Idempotency-Key",
)


class Forms(Resource):
    """Actions on forms."""

    def send(
        self,
        *,
        id_: UUID,
        amount: Decimal,
        at: time,
        on: date,
        took: timedelta,
        raw: bytes,
        extra: Mapping[str, Any] | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> dict[str, Any]:
        """POST /forms.

        Args:
            extra: Further fields, by their names on the wire.
        """
        return self._run(
            SEND,
            headers={"Idempotency-Key": idempotency_key},
            body={
                "id": id_,
                "amount": amount,
                "at": at,
                "on": on,
                "took": took,
                "raw": raw,
                **(extra or {}),
            },
        )

    @property
    def with_raw_response(self) -> RawForms:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawForms(self._as_raw())


class RawForms(Resource):
    """forms, with whole answers."""

    send = as_raw(Forms.send)


class AsyncForms(AsyncResource):
    """Actions on forms."""

    send = as_async(Forms.send)

    @property
    def with_raw_response(self) -> AsyncRawForms:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawForms(self._as_raw())


class AsyncRawForms(AsyncResource):
    """forms, with whole answers."""

    send = as_raw_async(AsyncForms.send)
