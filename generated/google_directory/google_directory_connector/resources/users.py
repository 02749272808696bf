"""Actions on users."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Operation, body, ref, template
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
    "users.list",
    "GET",
    "/users",
    at=body("users"),
    query={"customer": template(ref("customer"))},
    paging="default",
)
GET = Operation[User]("users.get", "GET", "/users/{user_key}")


class Users(Resource):
    """Actions on users."""

    def list(
        self,
        *,
        query: str | Omit = omit,
        order_by: Literal["email", "familyName", "givenName"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[User]:
        """List the people of the domain. GET /users."""
        return self._pages(
            LIST,
            query={"query": query, "orderBy": order_by},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, user_key: str) -> User:
        """Show a person. GET /users/{user_key}."""
        return self._run(GET, path=(user_key,))

    @property
    def with_raw_response(self) -> RawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawUsers(self._as_raw())


class RawUsers(Resource):
    """users, with whole answers."""

    list = as_raw_page(Users.list)
    get = as_raw(Users.get)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    list = as_async_pager(Users.list)
    get = as_async(Users.get)

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers(AsyncResource):
    """users, with whole answers."""

    list = as_raw_page(AsyncUsers.list)
    get = as_raw_async(AsyncUsers.get)
