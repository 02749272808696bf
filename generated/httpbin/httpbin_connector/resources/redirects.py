"""Actions on redirects."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shared import Echo

ABSOLUTE = Operation[Echo]("redirects.absolute", "GET", "/absolute-redirect/{times}")
TO = Operation[Echo]("redirects.to", "GET", "/redirect-to")


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


class RawRedirects(Resource):
    """redirects, with whole answers."""

    absolute = as_raw(Redirects.absolute)
    to = as_raw(Redirects.to)


class AsyncRedirects(AsyncResource):
    """Actions on redirects."""

    absolute = as_async(Redirects.absolute)
    to = as_async(Redirects.to)

    @property
    def with_raw_response(self) -> AsyncRawRedirects:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRedirects(self._as_raw())


class AsyncRawRedirects(AsyncResource):
    """redirects, with whole answers."""

    absolute = as_raw_async(AsyncRedirects.absolute)
    to = as_raw_async(AsyncRedirects.to)
