"""Stands in for NetSuite in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncNetSuite, NetSuite


class CustomersMock(MockResource):
    """Answers of customers."""

    list = Mocked(".resources.customers", "LIST")
    get = Mocked(".resources.customers", "GET")
    create = Mocked(".resources.customers", "CREATE")


class SuiteqlMock(MockResource):
    """Answers of suiteql."""

    run = Mocked(".resources.suiteql", "RUN")


class RestletsMock(MockResource):
    """Answers of restlets."""

    call = Mocked(".resources.restlets", "CALL")


class Service(MockService):
    """NetSuite, answering as told. An action that was not told fails."""

    customers = MockedPart(CustomersMock)
    suiteql = MockedPart(SuiteqlMock)
    restlets = MockedPart(RestletsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> NetSuite:
        """A client of this service; its settings need no values."""
        from .client import NetSuite

        return self._client(NetSuite)

    def async_client(self) -> AsyncNetSuite:
        """An async client of this service."""
        from .client import AsyncNetSuite

        return self._client(AsyncNetSuite)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
