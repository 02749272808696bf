"""Actions on status."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import NoAuth, Operation

GET: Operation[str] = Operation(
    "status.get", "GET", "/status/{code}", returns=str, media="text", auth=NoAuth()
)


class Status(Resource):
    """Actions on status."""

    def get(self, *, code: int) -> str:
        """Ask for a status. GET /status/{code}."""
        return self._run(GET, path=(code,))

    @property
    def with_raw_response(self) -> RawStatus:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawStatus(self._as_raw())


class RawStatus:
    """status, with whole answers."""

    def __init__(self, raw: Status) -> None:
        self.get = as_raw(raw.get)


class AsyncStatus(AsyncResource):
    """Actions on status."""

    async def get(self, *, code: int) -> str:
        """Ask for a status. GET /status/{code}."""
        return await self._run(GET, path=(code,))

    @property
    def with_raw_response(self) -> AsyncRawStatus:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawStatus(self._as_raw())


class AsyncRawStatus:
    """status, with whole answers."""

    def __init__(self, raw: AsyncStatus) -> None:
        self.get = as_raw_async(raw.get)
