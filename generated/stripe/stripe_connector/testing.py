"""Stands in for Stripe in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncStripe, Stripe


class AccountResourceMock:
    """Answers of account."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of account.get."""
        from .resources.account import GET

        return MockAction(self._service, GET)


class CustomersMock:
    """Answers of customers."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of customers.list."""
        from .resources.customers import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of customers.get."""
        from .resources.customers import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of customers.create."""
        from .resources.customers import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def update(self) -> MockAction:
        """Answers of customers.update."""
        from .resources.customers import UPDATE

        return MockAction(self._service, UPDATE)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of customers.delete."""
        from .resources.customers import DELETE

        return MockAction(self._service, DELETE)


class ChargesMock:
    """Answers of charges."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of charges.list."""
        from .resources.charges import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of charges.get."""
        from .resources.charges import GET

        return MockAction(self._service, GET)


class EventsMock:
    """Answers of events."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of events.list."""
        from .resources.events import LIST

        return MockAction(self._service, LIST)


class FilesMock:
    """Answers of files."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def create(self) -> MockAction:
        """Answers of files.create."""
        from .resources.files import CREATE

        return MockAction(self._service, CREATE)


class Service(MockService):
    """Stripe, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def account(self) -> AccountResourceMock:
        """Answers of account."""
        return AccountResourceMock(self)

    @cached_property
    def customers(self) -> CustomersMock:
        """Answers of customers."""
        return CustomersMock(self)

    @cached_property
    def charges(self) -> ChargesMock:
        """Answers of charges."""
        return ChargesMock(self)

    @cached_property
    def events(self) -> EventsMock:
        """Answers of events."""
        return EventsMock(self)

    @cached_property
    def files(self) -> FilesMock:
        """Answers of files."""
        return FilesMock(self)

    def client(self) -> Stripe:
        """A client of this service; its settings need no values."""
        from .client import Stripe

        return self._client(Stripe)

    def async_client(self) -> AsyncStripe:
        """An async client of this service."""
        from .client import AsyncStripe

        return self._client(AsyncStripe)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
