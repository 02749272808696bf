"""Actions on aux."""

from __future__ import annotations

from ferrule_runtime.client import (
    AsyncResource,
    Resource as _Resource,
    as_raw,
    as_raw_async,
)
from ferrule_runtime.contract import Operation as _Operation

from ..models.aux_ import Aux

GET: _Operation[Aux] = _Operation("aux.get", "GET", "/aux", returns=Aux)


class AuxResource(_Resource):
    """Actions on aux."""

    def get(self) -> Aux:
        """GET /aux."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawAuxResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAuxResource(self._as_raw())


class RawAuxResource:
    """aux, with whole answers."""

    def __init__(self, raw: AuxResource) -> None:
        self.get = as_raw(raw.get)


class AsyncAuxResource(AsyncResource):
    """Actions on aux."""

    async def get(self) -> Aux:
        """GET /aux."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawAuxResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuxResource(self._as_raw())


class AsyncRawAuxResource:
    """aux, with whole answers."""

    def __init__(self, raw: AsyncAuxResource) -> None:
        self.get = as_raw_async(raw.get)
