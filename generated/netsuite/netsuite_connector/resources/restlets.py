"""Actions on restlets."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

CALL: Operation[Any] = Operation(
    "restlets.call", "GET", "/restlet.nl", returns=Any, host="restlets"
)


class Restlets(Resource):
    """Actions on restlets."""

    def call(self, *, script: str, deploy: str) -> Any:
        """Call a RESTlet. GET /restlet.nl."""
        return self._run(CALL, query={"script": script, "deploy": deploy})

    @property
    def with_raw_response(self) -> RawRestlets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRestlets(self._as_raw())


class RawRestlets:
    """restlets, with whole answers."""

    def __init__(self, raw: Restlets) -> None:
        self.call = as_raw(raw.call)


class AsyncRestlets(AsyncResource):
    """Actions on restlets."""

    async def call(self, *, script: str, deploy: str) -> Any:
        """Call a RESTlet. GET /restlet.nl."""
        return await self._run(CALL, query={"script": script, "deploy": deploy})

    @property
    def with_raw_response(self) -> AsyncRawRestlets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRestlets(self._as_raw())


class AsyncRawRestlets:
    """restlets, with whole answers."""

    def __init__(self, raw: AsyncRestlets) -> None:
        self.call = as_raw_async(raw.call)
