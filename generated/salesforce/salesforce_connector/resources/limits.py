"""Actions on limits."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

GET: Operation[dict[str, Any]] = Operation(
    "limits.get", "GET", "/limits", returns=dict[str, Any]
)


class Limits(Resource):
    """Actions on limits."""

    def get(self) -> dict[str, Any]:
        """Tell what is left of the organization's limits. GET /limits."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawLimits:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawLimits(self._as_raw())


class RawLimits:
    """limits, with whole answers."""

    def __init__(self, raw: Limits) -> None:
        self.get = as_raw(raw.get)


class AsyncLimits(AsyncResource):
    """Actions on limits."""

    async def get(self) -> dict[str, Any]:
        """Tell what is left of the organization's limits. GET /limits."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawLimits:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLimits(self._as_raw())


class AsyncRawLimits:
    """limits, with whole answers."""

    def __init__(self, raw: AsyncLimits) -> None:
        self.get = as_raw_async(raw.get)
