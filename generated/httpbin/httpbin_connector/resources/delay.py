"""Actions on delay."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

from ..models.shared import Echo

GET: Operation[Echo] = Operation("delay.get", "GET", "/delay/{seconds}", returns=Echo)


class Delay(Resource):
    """Actions on delay."""

    def get(self, *, seconds: int) -> Echo:
        """Wait for the answer. GET /delay/{seconds}."""
        return self._run(GET, path=(seconds,))

    @property
    def with_raw_response(self) -> RawDelay:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawDelay(self._as_raw())


class RawDelay:
    """delay, with whole answers."""

    def __init__(self, raw: Delay) -> None:
        self.get = as_raw(raw.get)


class AsyncDelay(AsyncResource):
    """Actions on delay."""

    async def get(self, *, seconds: int) -> Echo:
        """Wait for the answer. GET /delay/{seconds}."""
        return await self._run(GET, path=(seconds,))

    @property
    def with_raw_response(self) -> AsyncRawDelay:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDelay(self._as_raw())


class AsyncRawDelay:
    """delay, with whole answers."""

    def __init__(self, raw: AsyncDelay) -> None:
        self.get = as_raw_async(raw.get)
