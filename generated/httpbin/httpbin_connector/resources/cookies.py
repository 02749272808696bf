"""Actions on cookies."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit

GET: Operation[dict[str, str]] = Operation(
    "cookies.get", "GET", "/cookies", returns=dict[str, str], at=body("cookies")
)


class Cookies(Resource):
    """Actions on cookies."""

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
        self.get = as_raw(raw.get)


class AsyncCookies(AsyncResource):
    """Actions on cookies."""

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
        self.get = as_raw(raw.get)
