"""Actions on restlets."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

CALL = Operation[Any]("restlets.call", "GET", "/restlet.nl", host="restlets")


class Restlets(Resource):
    """Actions on restlets."""

    def call(self, *, script: str, deploy: str) -> Any:
        """Call a RESTlet. GET /restlet.nl."""
        return self._run(CALL, query={"script": script, "deploy": deploy})

    @property
    def with_raw_response(self) -> RawRestlets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRestlets(self._as_raw())


class RawRestlets(Resource):
    """restlets, with whole answers."""

    call = as_raw(Restlets.call)


class AsyncRestlets(AsyncResource):
    """Actions on restlets."""

    call = as_async(Restlets.call)

    @property
    def with_raw_response(self) -> AsyncRawRestlets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRestlets(self._as_raw())


class AsyncRawRestlets(AsyncResource):
    """restlets, with whole answers."""

    call = as_raw_async(AsyncRestlets.call)
