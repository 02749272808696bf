"""Stands in for Zendesk Support in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncZendesk, Zendesk


class TicketsMock(MockResource):
    """Answers of tickets."""

    list = Mocked(".resources.tickets", "LIST")
    get = Mocked(".resources.tickets", "GET")
    create = Mocked(".resources.tickets", "CREATE")


class Service(MockService):
    """Zendesk Support, answering as told. An action that was not told fails."""

    tickets = MockedPart(TicketsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
