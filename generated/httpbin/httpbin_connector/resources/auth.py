"""Actions on auth."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

from ..models.auth import SignedIn

BASIC: Operation[SignedIn] = Operation(
    "auth.basic", "GET", "/basic-auth/{user}/{password}", returns=SignedIn, auth="basic"
)
BEARER: Operation[SignedIn] = Operation(
    "auth.bearer", "GET", "/bearer", returns=SignedIn, auth="bearer"
)


class Auth(Resource):
    """Actions on auth."""

    def basic(self, *, user: str, password: str) -> SignedIn:
        """Sign in with a name and a password. GET /basic-auth/{user}/{password}."""
        return self._run(BASIC, path=(user, password))

    def bearer(self) -> SignedIn:
        """Sign in with a token. GET /bearer."""
        return self._run(BEARER)

    @property
    def with_raw_response(self) -> RawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAuth(self._as_raw())


class RawAuth:
    """auth, with whole answers."""

    def __init__(self, raw: Auth) -> None:
        self.basic = as_raw(raw.basic)
        self.bearer = as_raw(raw.bearer)


class AsyncAuth(AsyncResource):
    """Actions on auth."""

    async def basic(self, *, user: str, password: str) -> SignedIn:
        """Sign in with a name and a password. GET /basic-auth/{user}/{password}."""
        return await self._run(BASIC, path=(user, password))

    async def bearer(self) -> SignedIn:
        """Sign in with a token. GET /bearer."""
        return await self._run(BEARER)

    @property
    def with_raw_response(self) -> AsyncRawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuth(self._as_raw())


class AsyncRawAuth:
    """auth, with whole answers."""

    def __init__(self, raw: AsyncAuth) -> None:
        self.basic = as_raw_async(raw.basic)
        self.bearer = as_raw_async(raw.bearer)
