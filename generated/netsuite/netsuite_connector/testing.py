"""Stands in for NetSuite in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncNetSuite, NetSuite


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


class SuiteqlMock:
    """Answers of suiteql."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of suiteql.run."""
        from .resources.suiteql import RUN

        return MockAction(self._service, RUN)


class RestletsMock:
    """Answers of restlets."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def call(self) -> MockAction:
        """Answers of restlets.call."""
        from .resources.restlets import CALL

        return MockAction(self._service, CALL)


class Service(MockService):
    """NetSuite, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def customers(self) -> CustomersMock:
        """Answers of customers."""
        return CustomersMock(self)

    @cached_property
    def suiteql(self) -> SuiteqlMock:
        """Answers of suiteql."""
        return SuiteqlMock(self)

    @cached_property
    def restlets(self) -> RestletsMock:
        """Answers of restlets."""
        return RestletsMock(self)

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
