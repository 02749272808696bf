"""Actions on delay."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shared import Echo

GET = Operation[Echo]("delay.get", "GET", "/delay/{seconds}")


class Delay(Resource):
    """Actions on delay."""

    def get(self, *, seconds: int) -> Echo:
        """Wait for the answer. GET /delay/{seconds}."""
        return self._run(GET, path=(seconds,))

    @property
    def with_raw_response(self) -> RawDelay:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawDelay(self._as_raw())


class RawDelay(Resource):
    """delay, with whole answers."""

    get = as_raw(Delay.get)


class AsyncDelay(AsyncResource):
    """Actions on delay."""

    get = as_async(Delay.get)

    @property
    def with_raw_response(self) -> AsyncRawDelay:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDelay(self._as_raw())


class AsyncRawDelay(AsyncResource):
    """delay, with whole answers."""

    get = as_raw_async(AsyncDelay.get)
