"""Actions on comments."""

from __future__ import annotations

from ferrule_runtime.contract import (
    Each,
    Items,
    Operation,
    body,
    not_,
    ref,
    template,
    truthy,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.sweep import Sweep
from ferrule_runtime.twins import as_async_sweep

from ..models.comments import Comment

LIST = Operation[list[Comment]](
    "comments.list",
    "GET",
    "/{org}/tickets/{ticket_id}/comments",
    each=Each(
        ((("path", "ticket_id"), "ticket_id", ("id",)),),
        parent="resources.tickets:LIST",
    ),
    items=Items(
        where=not_(truthy(body("deleted"))),
        derive={"ticket": template(ref("ticket_id"))},
        rename={"e-mail": "email"},
        drop=("internal",),
    ),
)


class Comments(Resource):
    """Actions on comments."""

    def list(
        self, *, org: str, state: str | Omit = omit, checkpoint: str | Omit = omit
    ) -> Sweep[Comment]:
        """GET /{org}/tickets/{ticket_id}/comments."""
        return self._sweep(
            LIST,
            path=(org, omit),
            input={"state": state},
            checkpoint=checkpoint,
            parent={"path": (org,), "query": {"state": state}},
        )


class AsyncComments(AsyncResource):
    """Actions on comments."""

    list = as_async_sweep(Comments.list)
