"""Stands in for Stripe in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncStripe, Stripe


class AccountResourceMock(MockResource):
    """Answers of account."""

    get = Mocked(".resources.account", "GET")


class CustomersMock(MockResource):
    """Answers of customers."""

    list = Mocked(".resources.customers", "LIST")
    get = Mocked(".resources.customers", "GET")
    create = Mocked(".resources.customers", "CREATE")
    update = Mocked(".resources.customers", "UPDATE")
    delete = Mocked(".resources.customers", "DELETE")


class ChargesMock(MockResource):
    """Answers of charges."""

    list = Mocked(".resources.charges", "LIST")
    get = Mocked(".resources.charges", "GET")


class EventsMock(MockResource):
    """Answers of events."""

    list = Mocked(".resources.events", "LIST")


class FilesMock(MockResource):
    """Answers of files."""

    create = Mocked(".resources.files", "CREATE")


class Service(MockService):
    """Stripe, answering as told. An action that was not told fails."""

    account = MockedPart(AccountResourceMock)
    customers = MockedPart(CustomersMock)
    charges = MockedPart(ChargesMock)
    events = MockedPart(EventsMock)
    files = MockedPart(FilesMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
