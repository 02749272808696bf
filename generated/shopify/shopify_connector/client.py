"""Clients of Shopify Admin."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.orders import AsyncOrders, Orders
    from .resources.products import AsyncProducts, Products
    from .resources.shop import AsyncShopResource, ShopResource


class Shopify(SyncClient):
    """Shopify Admin.

    Settings that are not given are read from the environment:
        shop (SHOPIFY_SHOP): The first part of the shop's myshopify.com address. Matches [a-zA-Z0-9][a-zA-Z0-9-]*. Example: acme.
        access_token (SHOPIFY_ACCESS_TOKEN)
        api_version (SHOPIFY_API_VERSION): Default: 2024-10.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        shop: str | Omit = omit,
        access_token: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"shop": shop, "access_token": access_token, "api_version": api_version},
            options,
        )

    @cached_property
    def shop(self) -> ShopResource:
        """Actions on shop."""
        from .resources.shop import ShopResource

        return ShopResource(self)

    @cached_property
    def products(self) -> Products:
        """Actions on products."""
        from .resources.products import Products

        return Products(self)

    @cached_property
    def orders(self) -> Orders:
        """Actions on orders."""
        from .resources.orders import Orders

        return Orders(self)


class AsyncShopify(AsyncClient):
    """Shopify Admin, async.

    Settings that are not given are read from the environment:
        shop (SHOPIFY_SHOP): The first part of the shop's myshopify.com address. Matches [a-zA-Z0-9][a-zA-Z0-9-]*. Example: acme.
        access_token (SHOPIFY_ACCESS_TOKEN)
        api_version (SHOPIFY_API_VERSION): Default: 2024-10.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        shop: str | Omit = omit,
        access_token: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"shop": shop, "access_token": access_token, "api_version": api_version},
            options,
        )

    @cached_property
    def shop(self) -> AsyncShopResource:
        """Actions on shop."""
        from .resources.shop import AsyncShopResource

        return AsyncShopResource(self)

    @cached_property
    def products(self) -> AsyncProducts:
        """Actions on products."""
        from .resources.products import AsyncProducts

        return AsyncProducts(self)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Actions on orders."""
        from .resources.orders import AsyncOrders

        return AsyncOrders(self)
