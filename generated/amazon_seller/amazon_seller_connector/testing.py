"""Stands in for Amazon Selling Partner API in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AmazonSeller, AsyncAmazonSeller


class OrdersItemsMock(MockResource):
    """Answers of orders.items."""

    list = Mocked(".resources.orders_items", "LIST")


class MarketplacesMock(MockResource):
    """Answers of marketplaces."""

    list = Mocked(".resources.marketplaces", "LIST")


class OrdersMock(MockResource):
    """Answers of orders."""

    items = MockedPart(OrdersItemsMock)
    list = Mocked(".resources.orders", "LIST")
    address = Mocked(".resources.orders", "ADDRESS")


class ReportsMock(MockResource):
    """Answers of reports."""

    create = Mocked(".resources.reports", "CREATE")
    download = Mocked(".resources.reports", "DOWNLOAD")


class Service(MockService):
    """Amazon Selling Partner API, answering as told. An action that was not told fails."""

    marketplaces = MockedPart(MarketplacesMock)
    orders = MockedPart(OrdersMock)
    reports = MockedPart(ReportsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
