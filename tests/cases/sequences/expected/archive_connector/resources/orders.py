"""Actions on orders."""

from __future__ import annotations

from datetime import datetime

from ferrule_runtime.client import AsyncResource, Resource
from ferrule_runtime.contract import Operation, Since, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.sweep import AsyncSweep, Sweep

from ..models.orders import Order

LIST: Operation[list[Order]] = Operation(
    "orders.list",
    "GET",
    "/orders",
    returns=list[Order],
    since=Since(
        ("query", "from"),
        until=("query", "to"),
        field=("updated_at",),
        form="epoch",
        start=template(ref("now", offset_seconds=-31536000.0)),
        step_seconds=2592000.0,
        lookback_seconds=3600.0,
    ),
)


class Orders(Resource):
    """Actions on orders."""

    def list(
        self,
        *,
        since: datetime | Omit = omit,
        until: datetime | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Sweep[Order]:
        """GET /orders."""
        return self._sweep(LIST, since=since, until=until, checkpoint=checkpoint)


class AsyncOrders(AsyncResource):
    """Actions on orders."""

    def list(
        self,
        *,
        since: datetime | Omit = omit,
        until: datetime | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncSweep[Order]:
        """GET /orders."""
        return self._sweep(LIST, since=since, until=until, checkpoint=checkpoint)
