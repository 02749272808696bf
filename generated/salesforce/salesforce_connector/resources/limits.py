"""Actions on limits."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

GET = Operation[dict[str, Any]]("limits.get", "GET", "/limits")


class Limits(Resource):
    """Actions on limits."""

    def get(self) -> dict[str, Any]:
        """Tell what is left of the organization's limits. GET /limits."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawLimits:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawLimits(self._as_raw())


class RawLimits(Resource):
    """limits, with whole answers."""

    get = as_raw(Limits.get)


class AsyncLimits(AsyncResource):
    """Actions on limits."""

    get = as_async(Limits.get)

    @property
    def with_raw_response(self) -> AsyncRawLimits:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLimits(self._as_raw())


class AsyncRawLimits(AsyncResource):
    """limits, with whole answers."""

    get = as_raw_async(AsyncLimits.get)
