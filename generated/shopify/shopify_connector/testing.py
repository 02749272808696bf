"""Stands in for Shopify Admin in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncShopify, Shopify


class ShopResourceMock(MockResource):
    """Answers of shop."""

    get = Mocked(".resources.shop", "GET")


class ProductsMock(MockResource):
    """Answers of products."""

    list = Mocked(".resources.products", "LIST")
    get = Mocked(".resources.products", "GET")
    create = Mocked(".resources.products", "CREATE")


class OrdersMock(MockResource):
    """Answers of orders."""

    search = Mocked(".resources.orders", "SEARCH")


class Service(MockService):
    """Shopify Admin, answering as told. An action that was not told fails."""

    shop = MockedPart(ShopResourceMock)
    products = MockedPart(ProductsMock)
    orders = MockedPart(OrdersMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
