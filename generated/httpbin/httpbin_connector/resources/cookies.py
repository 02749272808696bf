"""Actions on cookies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

SET = Operation[dict[str, str]](
    "cookies.set", "GET", "/cookies/set", at=body("cookies")
)
GET = Operation[dict[str, str]]("cookies.get", "GET", "/cookies", at=body("cookies"))


class Cookies(Resource):
    """Actions on cookies."""

    def set(self, *, extra_query: Mapping[str, Any] | Omit = omit) -> dict[str, str]:
        """Be given cookies, and be sent on to where they are shown. GET /cookies/set.

        Args:
            extra_query: Further fields, by their names on the wire.
        """
        return self._run(SET, query={**(extra_query or {})})

    def get(self, *, session: str | Omit = omit) -> dict[str, str]:
        """Show the cookies that were sent. GET /cookies."""
        return self._run(GET, cookies={"session": session})

    @property
    def with_raw_response(self) -> RawCookies:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCookies(self._as_raw())


class RawCookies(Resource):
    """cookies, with whole answers."""

    set = as_raw(Cookies.set)
    get = as_raw(Cookies.get)


class AsyncCookies(AsyncResource):
    """Actions on cookies."""

    set = as_async(Cookies.set)
    get = as_async(Cookies.get)

    @property
    def with_raw_response(self) -> AsyncRawCookies:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCookies(self._as_raw())


class AsyncRawCookies(AsyncResource):
    """cookies, with whole answers."""

    set = as_raw_async(AsyncCookies.set)
    get = as_raw_async(AsyncCookies.get)
