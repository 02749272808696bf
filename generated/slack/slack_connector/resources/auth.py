"""Actions on auth."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

from ..models.auth import Identity

TEST: Operation[Identity] = Operation(
    "auth.test", "POST", "/auth.test", returns=Identity, replay="safe"
)


class Auth(Resource):
    """Actions on auth."""

    def test(self) -> Identity:
        """Say who the token belongs to. POST /auth.test."""
        return self._run(TEST)

    @property
    def with_raw_response(self) -> RawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAuth(self._as_raw())


class RawAuth:
    """auth, with whole answers."""

    def __init__(self, raw: Auth) -> None:
        self.test = as_raw(raw.test)


class AsyncAuth(AsyncResource):
    """Actions on auth."""

    async def test(self) -> Identity:
        """Say who the token belongs to. POST /auth.test."""
        return await self._run(TEST)

    @property
    def with_raw_response(self) -> AsyncRawAuth:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuth(self._as_raw())


class AsyncRawAuth:
    """auth, with whole answers."""

    def __init__(self, raw: AsyncAuth) -> None:
        self.test = as_raw_async(raw.test)
