"""Actions on auth."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.auth import SignedIn

BASIC = Operation[SignedIn](
    "auth.basic", "GET", "/basic-auth/{user}/{password}", auth="basic"
)
BEARER = Operation[SignedIn]("auth.bearer", "GET", "/bearer", auth="bearer")


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


class RawAuth(Resource):
    """auth, with whole answers."""

    basic = as_raw(Auth.basic)
    bearer = as_raw(Auth.bearer)


class AsyncAuth(AsyncResource):
    """Actions on auth."""

    basic = as_async(Auth.basic)
    bearer = as_async(Auth.bearer)

    @property
    def with_raw_response(self) -> AsyncRawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuth(self._as_raw())


class AsyncRawAuth(AsyncResource):
    """auth, with whole answers."""

    basic = as_raw_async(AsyncAuth.basic)
    bearer = as_raw_async(AsyncAuth.bearer)
