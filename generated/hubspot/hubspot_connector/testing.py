"""Stands in for HubSpot in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHubSpot, HubSpot


class ContactsMock:
    """Answers of contacts."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of contacts.list."""
        from .resources.contacts import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of contacts.get."""
        from .resources.contacts import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of contacts.create."""
        from .resources.contacts import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def search(self) -> MockAction:
        """Answers of contacts.search."""
        from .resources.contacts import SEARCH

        return MockAction(self._service, SEARCH)


class EngagementsMock:
    """Answers of engagements."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of engagements.list."""
        from .resources.engagements import LIST

        return MockAction(self._service, LIST)


class Service(MockService):
    """HubSpot, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def contacts(self) -> ContactsMock:
        """Answers of contacts."""
        return ContactsMock(self)

    @cached_property
    def engagements(self) -> EngagementsMock:
        """Answers of engagements."""
        return EngagementsMock(self)

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
