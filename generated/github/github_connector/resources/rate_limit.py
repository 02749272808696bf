"""Actions on rate_limit."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body

GET: Operation[dict[str, Any]] = Operation(
    "rate_limit.get", "GET", "/rate_limit", returns=dict[str, Any], at=body("resources")
)


class RateLimit(Resource):
    """Actions on rate_limit."""

    def get(self) -> dict[str, Any]:
        """Tell what is left of the rate limits. GET /rate_limit."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawRateLimit:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRateLimit(self._as_raw())


class RawRateLimit:
    """rate_limit, with whole answers."""

    def __init__(self, raw: RateLimit) -> None:
        self.get = as_raw(raw.get)


class AsyncRateLimit(AsyncResource):
    """Actions on rate_limit."""

    async def get(self) -> dict[str, Any]:
        """Tell what is left of the rate limits. GET /rate_limit."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawRateLimit:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRateLimit(self._as_raw())


class AsyncRawRateLimit:
    """rate_limit, with whole answers."""

    def __init__(self, raw: AsyncRateLimit) -> None:
        self.get = as_raw_async(raw.get)
