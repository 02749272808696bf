"""Actions on account."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.account import Account

GET = Operation[Account]("account.get", "GET", "/account")


class AccountResource(Resource):
    """Actions on account."""

    def get(self) -> Account:
        """Show the account that the key belongs to. GET /account."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawAccountResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAccountResource(self._as_raw())


class RawAccountResource(Resource):
    """account, with whole answers."""

    get = as_raw(AccountResource.get)


class AsyncAccountResource(AsyncResource):
    """Actions on account."""

    get = as_async(AccountResource.get)

    @property
    def with_raw_response(self) -> AsyncRawAccountResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAccountResource(self._as_raw())


class AsyncRawAccountResource(AsyncResource):
    """account, with whole answers."""

    get = as_raw_async(AsyncAccountResource.get)
