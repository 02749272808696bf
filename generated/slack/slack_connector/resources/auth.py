"""Actions on auth."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.auth import Identity

TEST = Operation[Identity]("auth.test", "POST", "/auth.test", replay="safe")


class Auth(Resource):
    """Actions on auth."""

    def test(self) -> Identity:
        """Say who the token belongs to. POST /auth.test."""
        return self._run(TEST)

    @property
    def with_raw_response(self) -> RawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAuth(self._as_raw())


class RawAuth(Resource):
    """auth, with whole answers."""

    test = as_raw(Auth.test)


class AsyncAuth(AsyncResource):
    """Actions on auth."""

    test = as_async(Auth.test)

    @property
    def with_raw_response(self) -> AsyncRawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuth(self._as_raw())


class AsyncRawAuth(AsyncResource):
    """auth, with whole answers."""

    test = as_raw_async(AsyncAuth.test)
