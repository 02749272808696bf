"""Actions on users."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.users import Member

LIST: Operation[list[Member]] = Operation(
    "users.list",
    "GET",
    "/users.list",
    returns=list[Member],
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


class RawUsers:
    """users, with whole answers."""

    def __init__(self, raw: Users) -> None:
        self.list = as_raw_page(raw.list)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncPager[Member]:
        """List the people of the workspace. GET /users.list."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    @property
    def with_raw_response(self) -> AsyncRawUsers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUsers(self._as_raw())


class AsyncRawUsers:
    """users, with whole answers."""

    def __init__(self, raw: AsyncUsers) -> None:
        self.list = as_raw_page(raw.list)
