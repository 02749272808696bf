"""Actions on cookies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit

SET: Operation[dict[str, str]] = Operation(
    "cookies.set", "GET", "/cookies/set", returns=dict[str, str], at=body("cookies")
)
GET: Operation[dict[str, str]] = Operation(
    "cookies.get", "GET", "/cookies", returns=dict[str, str], at=body("cookies")
)


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


class RawCookies:
    """cookies, with whole answers."""

    def __init__(self, raw: Cookies) -> None:
        self.set = as_raw(raw.set)
        self.get = as_raw(raw.get)


class AsyncCookies(AsyncResource):
    """Actions on cookies."""

    async def set(
        self, *, extra_query: Mapping[str, Any] | Omit = omit
    ) -> dict[str, str]:
        """Be given cookies, and be sent on to where they are shown. GET /cookies/set.

        Args:
            extra_query: Further fields, by their names on the wire.
        """
        return await self._run(SET, query={**(extra_query or {})})

    async def get(self, *, session: str | Omit = omit) -> dict[str, str]:
        """Show the cookies that were sent. GET /cookies."""
        return await self._run(GET, cookies={"session": session})

    @property
    def with_raw_response(self) -> AsyncRawCookies:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCookies(self._as_raw())


class AsyncRawCookies:
    """cookies, with whole answers."""

    def __init__(self, raw: AsyncCookies) -> None:
        self.set = as_raw_async(raw.set)
        self.get = as_raw_async(raw.get)
