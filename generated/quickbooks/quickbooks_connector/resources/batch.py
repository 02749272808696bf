"""Actions on batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

RUN = Operation[list[dict[str, Any]]](
    "batch.run",
    "POST",
    "/batch",
    at=body("BatchItemResponse"),
    limits=("default", "batch"),
)


class Batch(Resource):
    """Actions on batch."""

    def run(
        self, *, batch_item_request: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Run up to thirty operations in one request. POST /batch."""
        return self._run(RUN, body={"BatchItemRequest": batch_item_request})

    @property
    def with_raw_response(self) -> RawBatch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawBatch(self._as_raw())


class RawBatch(Resource):
    """batch, with whole answers."""

    run = as_raw(Batch.run)


class AsyncBatch(AsyncResource):
    """Actions on batch."""

    run = as_async(Batch.run)

    @property
    def with_raw_response(self) -> AsyncRawBatch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawBatch(self._as_raw())


class AsyncRawBatch(AsyncResource):
    """batch, with whole answers."""

    run = as_raw_async(AsyncBatch.run)
