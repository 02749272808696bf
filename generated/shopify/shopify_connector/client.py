"""Clients of Shopify Admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

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

    shop: Lazy[ShopResource] = Lazy(".resources.shop", "ShopResource")
    products: Lazy[Products] = Lazy(".resources.products", "Products")
    orders: Lazy[Orders] = Lazy(".resources.orders", "Orders")

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


class AsyncShopify(AsyncClient):
    """Shopify Admin, async.

    Settings that are not given are read from the environment:
        shop (SHOPIFY_SHOP): The first part of the shop's myshopify.com address. Matches [a-zA-Z0-9][a-zA-Z0-9-]*. Example: acme.
        access_token (SHOPIFY_ACCESS_TOKEN)
        api_version (SHOPIFY_API_VERSION): Default: 2024-10.
    """

    _connector = CONNECTOR

    shop: Lazy[AsyncShopResource] = Lazy(".resources.shop", "AsyncShopResource")
    products: Lazy[AsyncProducts] = Lazy(".resources.products", "AsyncProducts")
    orders: Lazy[AsyncOrders] = Lazy(".resources.orders", "AsyncOrders")

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
