"""Actions on users."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.contract import Each, Operation, body, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.sweep import Sweep
from ferrule_runtime.twins import as_async_sweep

from ..models.shared import Row

FIND = Operation[list[Row]](
    "users.find",
    "POST",
    "/users/find",
    at=body("users"),
    replay="safe",
    each=Each(
        ((("body", "ids"), "ids", ()),), listed=template(ref("input", "ids")), batch=50
    ),
)


class Users(Resource):
    """Actions on users."""

    def find(self, *, ids: Sequence[int], checkpoint: str | Omit = omit) -> Sweep[Row]:
        """POST /users/find."""
        return self._sweep(FIND, input={"ids": ids}, checkpoint=checkpoint)


class AsyncUsers(AsyncResource):
    """Actions on users."""

    find = as_async_sweep(Users.find)
