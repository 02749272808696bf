"""Actions on redirects."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit

from ..models.shared import Echo

ABSOLUTE: Operation[Echo] = Operation(
    "redirects.absolute", "GET", "/absolute-redirect/{times}", returns=Echo
)
TO: Operation[Echo] = Operation("redirects.to", "GET", "/redirect-to", returns=Echo)


class Redirects(Resource):
    """Actions on redirects."""

    def absolute(self, *, times: int) -> Echo:
        """Follow redirects on the same server. GET /absolute-redirect/{times}."""
        return self._run(ABSOLUTE, path=(times,))

    def to(self, *, url: str, status_code: int | Omit = omit) -> Echo:
        """Be sent to another URL. GET /redirect-to."""
        return self._run(TO, query={"url": url, "status_code": status_code})

    @property
    def with_raw_response(self) -> RawRedirects:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRedirects(self._as_raw())


class RawRedirects:
    """redirects, with whole answers."""

    def __init__(self, raw: Redirects) -> None:
        self.absolute = as_raw(raw.absolute)
        self.to = as_raw(raw.to)


class AsyncRedirects(AsyncResource):
    """Actions on redirects."""

    async def absolute(self, *, times: int) -> Echo:
        """Follow redirects on the same server. GET /absolute-redirect/{times}."""
        return await self._run(ABSOLUTE, path=(times,))

    async def to(self, *, url: str, status_code: int | Omit = omit) -> Echo:
        """Be sent to another URL. GET /redirect-to."""
        return await self._run(TO, query={"url": url, "status_code": status_code})

    @property
    def with_raw_response(self) -> AsyncRawRedirects:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRedirects(self._as_raw())


class AsyncRawRedirects:
    """redirects, with whole answers."""

    def __init__(self, raw: AsyncRedirects) -> None:
        self.absolute = as_raw_async(raw.absolute)
        self.to = as_raw_async(raw.to)
