"""Actions on status."""

from __future__ import annotations

from ferrule_runtime.contract import NoAuth, Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

GET = Operation[str]("status.get", "GET", "/status/{code}", media="text", auth=NoAuth())


class Status(Resource):
    """Actions on status."""

    def get(self, *, code: int) -> str:
        """Ask for a status. GET /status/{code}."""
        return self._run(GET, path=(code,))

    @property
    def with_raw_response(self) -> RawStatus:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawStatus(self._as_raw())


class RawStatus(Resource):
    """status, with whole answers."""

    get = as_raw(Status.get)


class AsyncStatus(AsyncResource):
    """Actions on status."""

    get = as_async(Status.get)

    @property
    def with_raw_response(self) -> AsyncRawStatus:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawStatus(self._as_raw())


class AsyncRawStatus(AsyncResource):
    """status, with whole answers."""

    get = as_raw_async(AsyncStatus.get)
