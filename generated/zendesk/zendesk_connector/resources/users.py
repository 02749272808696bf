"""Actions on users."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.users import User

LIST = Operation[list[User]](
    "users.list", "GET", "/users", at=body("users"), paging="default"
)
ME = Operation[User]("users.me", "GET", "/users/me", at=body("user"))


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


class RawUsers(Resource):
    """users, with whole answers."""

    list = as_raw_page(Users.list)
    me = as_raw(Users.me)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    list = as_async_pager(Users.list)
    me = as_async(Users.me)

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers(AsyncResource):
    """users, with whole answers."""

    list = as_raw_page(AsyncUsers.list)
    me = as_raw_async(AsyncUsers.me)
