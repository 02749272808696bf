"""Stands in for Zendesk Support in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncZendesk, Zendesk


class TicketsMock:
    """Answers of tickets."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of tickets.list."""
        from .resources.tickets import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of tickets.get."""
        from .resources.tickets import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of tickets.create."""
        from .resources.tickets import CREATE

        return MockAction(self._service, CREATE)


class Service(MockService):
    """Zendesk Support, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def tickets(self) -> TicketsMock:
        """Answers of tickets."""
        return TicketsMock(self)

    def client(self) -> Zendesk:
        """A client of this service; its settings need no values."""
        from .client import Zendesk

        return self._client(Zendesk)

    def async_client(self) -> AsyncZendesk:
        """An async client of this service."""
        from .client import AsyncZendesk

        return self._client(AsyncZendesk)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
