"""Stands in for clock in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockService, Mocked

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncClock, Clock


class Service(MockService):
    """clock, answering as told. An action that was not told fails."""

    now = Mocked(".resources.plain", "NOW")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> Clock:
        """A client of this service; its settings need no values."""
        from .client import Clock

        return self._client(Clock)

    def async_client(self) -> AsyncClock:
        """An async client of this service."""
        from .client import AsyncClock

        return self._client(AsyncClock)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
