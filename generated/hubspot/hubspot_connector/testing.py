"""Stands in for HubSpot in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHubSpot, HubSpot


class ContactsMock(MockResource):
    """Answers of contacts."""

    list = Mocked(".resources.contacts", "LIST")
    get = Mocked(".resources.contacts", "GET")
    create = Mocked(".resources.contacts", "CREATE")
    search = Mocked(".resources.contacts", "SEARCH")


class EngagementsMock(MockResource):
    """Answers of engagements."""

    list = Mocked(".resources.engagements", "LIST")


class Service(MockService):
    """HubSpot, answering as told. An action that was not told fails."""

    contacts = MockedPart(ContactsMock)
    engagements = MockedPart(EngagementsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> HubSpot:
        """A client of this service; its settings need no values."""
        from .client import HubSpot

        return self._client(HubSpot)

    def async_client(self) -> AsyncHubSpot:
        """An async client of this service."""
        from .client import AsyncHubSpot

        return self._client(AsyncHubSpot)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
