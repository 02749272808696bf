"""Actions on users."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.users import User

LIST: Operation[list[User]] = Operation(
    "users.list",
    "GET",
    "/users",
    returns=list[User],
    at=body("users"),
    paging="default",
)
ME: Operation[User] = Operation(
    "users.me", "GET", "/users/me", returns=User, at=body("user")
)


class Users(Resource):
    """Actions on users."""

    def list(
        self,
        *,
        role: Literal["end-user", "agent", "admin"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[User]:
        """List users. GET /users."""
        return self._pages(
            LIST, query={"role": role}, page_size=page_size, checkpoint=checkpoint
        )

    def me(self) -> User:
        """Show the signed-in user. GET /users/me."""
        return self._run(ME)

    @property
    def with_raw_response(self) -> RawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawUsers(self._as_raw())


class RawUsers:
    """users, with whole answers."""

    def __init__(self, raw: Users) -> None:
        self.list = as_raw_page(raw.list)
        self.me = as_raw(raw.me)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    def list(
        self,
        *,
        role: Literal["end-user", "agent", "admin"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[User]:
        """List users. GET /users."""
        return self._pages(
            LIST, query={"role": role}, page_size=page_size, checkpoint=checkpoint
        )

    async def me(self) -> User:
        """Show the signed-in user. GET /users/me."""
        return await self._run(ME)

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers:
    """users, with whole answers."""

    def __init__(self, raw: AsyncUsers) -> None:
        self.list = as_raw_page(raw.list)
        self.me = as_raw_async(raw.me)
