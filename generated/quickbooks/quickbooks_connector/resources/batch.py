"""Actions on batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body

RUN: Operation[list[dict[str, Any]]] = Operation(
    "batch.run",
    "POST",
    "/batch",
    returns=list[dict[str, Any]],
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


class RawBatch:
    """batch, with whole answers."""

    def __init__(self, raw: Batch) -> None:
        self.run = as_raw(raw.run)


class AsyncBatch(AsyncResource):
    """Actions on batch."""

    async def run(
        self, *, batch_item_request: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any]]:
        """Run up to thirty operations in one request. POST /batch."""
        return await self._run(RUN, body={"BatchItemRequest": batch_item_request})

    @property
    def with_raw_response(self) -> AsyncRawBatch:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawBatch(self._as_raw())


class AsyncRawBatch:
    """batch, with whole answers."""

    def __init__(self, raw: AsyncBatch) -> None:
        self.run = as_raw_async(raw.run)
