"""Actions on things.blocks."""

from __future__ import annotations

from builtins import list as _list
from collections.abc import Sequence

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.things_blocks import Block, BlockInput

LIST = Operation[list[Block]]("things.blocks.list", "GET", "/things/{id}/blocks")
APPEND = Operation[None](
    "things.blocks.append",
    "POST",
    "/things/{id}/blocks",
    idempotency_key="Idempotency-Key",
)


class ThingsBlocks(Resource):
    """Actions on things.blocks."""

    def list(self, *, id_: str) -> _list[Block]:
        """GET /things/{id}/blocks."""
        return self._run(LIST, path=(id_,))

    def append(
        self,
        *,
        id_: str,
        body: Sequence[BlockInput],
        idempotency_key: str | Omit = omit,
    ) -> None:
        """POST /things/{id}/blocks."""
        return self._run(
            APPEND, path=(id_,), headers={"Idempotency-Key": idempotency_key}, body=body
        )

    @property
    def with_raw_response(self) -> RawThingsBlocks:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawThingsBlocks(self._as_raw())


class RawThingsBlocks(Resource):
    """things.blocks, with whole answers."""

    list = as_raw(ThingsBlocks.list)
    append = as_raw(ThingsBlocks.append)


class AsyncThingsBlocks(AsyncResource):
    """Actions on things.blocks."""

    list = as_async(ThingsBlocks.list)
    append = as_async(ThingsBlocks.append)

    @property
    def with_raw_response(self) -> AsyncRawThingsBlocks:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThingsBlocks(self._as_raw())


class AsyncRawThingsBlocks(AsyncResource):
    """things.blocks, with whole answers."""

    list = as_raw_async(AsyncThingsBlocks.list)
    append = as_raw_async(AsyncThingsBlocks.append)
