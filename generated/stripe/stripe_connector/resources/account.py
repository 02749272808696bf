"""Actions on account."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

from ..models.account import Account

GET: Operation[Account] = Operation("account.get", "GET", "/account", returns=Account)


class AccountResource(Resource):
    """Actions on account."""

    def get(self) -> Account:
        """Show the account that the key belongs to. GET /account."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawAccountResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAccountResource(self._as_raw())


class RawAccountResource:
    """account, with whole answers."""

    def __init__(self, raw: AccountResource) -> None:
        self.get = as_raw(raw.get)


class AsyncAccountResource(AsyncResource):
    """Actions on account."""

    async def get(self) -> Account:
        """Show the account that the key belongs to. GET /account."""
        return await self._run(GET)

    @property
    def with_raw_response(self) -> AsyncRawAccountResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAccountResource(self._as_raw())


class AsyncRawAccountResource:
    """account, with whole answers."""

    def __init__(self, raw: AsyncAccountResource) -> None:
        self.get = as_raw_async(raw.get)
