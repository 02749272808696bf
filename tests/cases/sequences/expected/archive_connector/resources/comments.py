"""Actions on comments."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource
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
from ferrule_runtime.sweep import AsyncSweep, Sweep

from ..models.comments import Comment

LIST: Operation[list[Comment]] = Operation(
    "comments.list",
    "GET",
    "/{org}/tickets/{ticket_id}/comments",
    returns=list[Comment],
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

    def list(
        self, *, org: str, state: str | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncSweep[Comment]:
        """GET /{org}/tickets/{ticket_id}/comments."""
        return self._sweep(
            LIST,
            path=(org, omit),
            input={"state": state},
            checkpoint=checkpoint,
            parent={"path": (org,), "query": {"state": state}},
        )
