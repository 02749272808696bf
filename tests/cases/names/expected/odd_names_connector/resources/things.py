"""Actions on things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.resources import AsyncResource, Lazy, Resource as _Resource

if TYPE_CHECKING:
    from .things_class import AsyncThingsClass, ThingsClass


class Things(_Resource):
    """Actions on things."""

    class_: Lazy[ThingsClass] = Lazy(".things_class", "ThingsClass")


class AsyncThings(AsyncResource):
    """Actions on things."""

    class_: Lazy[AsyncThingsClass] = Lazy(".things_class", "AsyncThingsClass")
