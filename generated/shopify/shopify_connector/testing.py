"""Stands in for Shopify Admin in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncShopify, Shopify


class ShopResourceMock:
    """Answers of shop."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of shop.get."""
        from .resources.shop import GET

        return MockAction(self._service, GET)


class ProductsMock:
    """Answers of products."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of products.list."""
        from .resources.products import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of products.get."""
        from .resources.products import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of products.create."""
        from .resources.products import CREATE

        return MockAction(self._service, CREATE)


class OrdersMock:
    """Answers of orders."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def search(self) -> MockAction:
        """Answers of orders.search."""
        from .resources.orders import SEARCH

        return MockAction(self._service, SEARCH)


class Service(MockService):
    """Shopify Admin, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def shop(self) -> ShopResourceMock:
        """Answers of shop."""
        return ShopResourceMock(self)

    @cached_property
    def products(self) -> ProductsMock:
        """Answers of products."""
        return ProductsMock(self)

    @cached_property
    def orders(self) -> OrdersMock:
        """Answers of orders."""
        return OrdersMock(self)

    def client(self) -> Shopify:
        """A client of this service; its settings need no values."""
        from .client import Shopify

        return self._client(Shopify)

    def async_client(self) -> AsyncShopify:
        """An async client of this service."""
        from .client import AsyncShopify

        return self._client(AsyncShopify)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
