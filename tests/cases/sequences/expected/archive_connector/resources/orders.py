"""Actions on orders."""

from __future__ import annotations

from datetime import datetime

from ferrule_runtime.contract import Operation, Since, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.sweep import Sweep
from ferrule_runtime.twins import as_async_sweep

from ..models.orders import Order

LIST = Operation[list[Order]](
    "orders.list",
    "GET",
    "/orders",
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

    list = as_async_sweep(Orders.list)
