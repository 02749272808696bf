"""Actions on things.blocks."""

from __future__ import annotations

from builtins import list as _list
from collections.abc import Sequence

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit

from ..models.things_blocks import Block, BlockInput

LIST: Operation[list[Block]] = Operation(
    "things.blocks.list", "GET", "/things/{id}/blocks", returns=list[Block]
)
APPEND: Operation[None] = Operation(
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


class RawThingsBlocks:
    """things.blocks, with whole answers."""

    def __init__(self, raw: ThingsBlocks) -> None:
        self.list = as_raw(raw.list)
        self.append = as_raw(raw.append)


class AsyncThingsBlocks(AsyncResource):
    """Actions on things.blocks."""

    async def list(self, *, id_: str) -> _list[Block]:
        """GET /things/{id}/blocks."""
        return await self._run(LIST, path=(id_,))

    async def append(
        self,
        *,
        id_: str,
        body: Sequence[BlockInput],
        idempotency_key: str | Omit = omit,
    ) -> None:
        """POST /things/{id}/blocks."""
        return await self._run(
            APPEND, path=(id_,), headers={"Idempotency-Key": idempotency_key}, body=body
        )

    @property
    def with_raw_response(self) -> AsyncRawThingsBlocks:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThingsBlocks(self._as_raw())


class AsyncRawThingsBlocks:
    """things.blocks, with whole answers."""

    def __init__(self, raw: AsyncThingsBlocks) -> None:
        self.list = as_raw_async(raw.list)
        self.append = as_raw_async(raw.append)
