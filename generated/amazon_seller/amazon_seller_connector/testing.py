"""Stands in for Amazon Selling Partner API in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AmazonSeller, AsyncAmazonSeller


class MarketplacesMock:
    """Answers of marketplaces."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of marketplaces.list."""
        from .resources.marketplaces import LIST

        return MockAction(self._service, LIST)


class OrdersMock:
    """Answers of orders."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def items(self) -> OrdersItemsMock:
        """Answers of orders.items."""
        return OrdersItemsMock(self._service)

    @cached_property
    def list(self) -> MockAction:
        """Answers of orders.list."""
        from .resources.orders import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def address(self) -> MockAction:
        """Answers of orders.address."""
        from .resources.orders import ADDRESS

        return MockAction(self._service, ADDRESS)


class OrdersItemsMock:
    """Answers of orders.items."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of orders.items.list."""
        from .resources.orders_items import LIST

        return MockAction(self._service, LIST)


class ReportsMock:
    """Answers of reports."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def create(self) -> MockAction:
        """Answers of reports.create."""
        from .resources.reports import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def download(self) -> MockAction:
        """Answers of reports.download."""
        from .resources.reports import DOWNLOAD

        return MockAction(self._service, DOWNLOAD)


class Service(MockService):
    """Amazon Selling Partner API, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def marketplaces(self) -> MarketplacesMock:
        """Answers of marketplaces."""
        return MarketplacesMock(self)

    @cached_property
    def orders(self) -> OrdersMock:
        """Answers of orders."""
        return OrdersMock(self)

    @cached_property
    def reports(self) -> ReportsMock:
        """Answers of reports."""
        return ReportsMock(self)

    def client(self) -> AmazonSeller:
        """A client of this service; its settings need no values."""
        from .client import AmazonSeller

        return self._client(AmazonSeller)

    def async_client(self) -> AsyncAmazonSeller:
        """An async client of this service."""
        from .client import AsyncAmazonSeller

        return self._client(AsyncAmazonSeller)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
