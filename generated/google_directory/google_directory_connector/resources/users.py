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
from ferrule_runtime.contract import Operation, body, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.users import User

LIST: Operation[list[User]] = Operation(
    "users.list",
    "GET",
    "/users",
    returns=list[User],
    at=body("users"),
    query={"customer": template(ref("customer"))},
    paging="default",
)
GET: Operation[User] = Operation("users.get", "GET", "/users/{user_key}", returns=User)


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


class RawUsers:
    """users, with whole answers."""

    def __init__(self, raw: Users) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    def list(
        self,
        *,
        query: str | Omit = omit,
        order_by: Literal["email", "familyName", "givenName"] | str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[User]:
        """List the people of the domain. GET /users."""
        return self._pages(
            LIST,
            query={"query": query, "orderBy": order_by},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(self, *, user_key: str) -> User:
        """Show a person. GET /users/{user_key}."""
        return await self._run(GET, path=(user_key,))

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers:
    """users, with whole answers."""

    def __init__(self, raw: AsyncUsers) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
