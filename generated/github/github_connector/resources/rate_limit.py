"""Actions on rate_limit."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

GET = Operation[dict[str, Any]](
    "rate_limit.get", "GET", "/rate_limit", at=body("resources")
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


class RawRateLimit(Resource):
    """rate_limit, with whole answers."""

    get = as_raw(RateLimit.get)


class AsyncRateLimit(AsyncResource):
    """Actions on rate_limit."""

    get = as_async(RateLimit.get)

    @property
    def with_raw_response(self) -> AsyncRawRateLimit:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRateLimit(self._as_raw())


class AsyncRawRateLimit(AsyncResource):
    """rate_limit, with whole answers."""

    get = as_raw_async(AsyncRateLimit.get)
