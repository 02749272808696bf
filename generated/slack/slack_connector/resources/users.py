"""Actions on users."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.users import Member

LIST = Operation[list[Member]](
    "users.list",
    "GET",
    "/users.list",
    at=body("members"),
    paging="default",
    limits=("tier2",),
)


class Users(Resource):
    """Actions on users."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[Member]:
        """List the people of the workspace. GET /users.list."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> RawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawUsers(self._as_raw())


class RawUsers(Resource):
    """users, with whole answers."""

    list = as_raw_page(Users.list)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    list = as_async_pager(Users.list)

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers(AsyncResource):
    """users, with whole answers."""

    list = as_raw_page(AsyncUsers.list)
