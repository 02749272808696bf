"""Actions on things."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.client import AsyncResource, Resource as _Resource

if TYPE_CHECKING:
    from .things_class import AsyncThingsClass, ThingsClass


class Things(_Resource):
    """Actions on things."""

    @cached_property
    def class_(self) -> ThingsClass:
        """Actions on things.class."""
        from .things_class import ThingsClass

        return ThingsClass(self._client)


class AsyncThings(AsyncResource):
    """Actions on things."""

    @cached_property
    def class_(self) -> AsyncThingsClass:
        """Actions on things.class."""
        from .things_class import AsyncThingsClass

        return AsyncThingsClass(self._client)
