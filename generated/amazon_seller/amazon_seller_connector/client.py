"""Clients of Amazon Selling Partner API."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.marketplaces import AsyncMarketplaces, Marketplaces
    from .resources.orders import AsyncOrders, Orders
    from .resources.reports import AsyncReports, Reports


class AmazonSeller(SyncClient):
    """Amazon Selling Partner API.

    Settings that are not given are read from the environment:
        region (AMAZON_SELLER_REGION): Default: na.
        environment (AMAZON_SELLER_ENVIRONMENT): Default: production.
        marketplace_host (AMAZON_SELLER_MARKETPLACE_HOST): Where the seller signs in. Matches [a-z0-9.-]+. Default: sellercentral.amazon.com.
        application_id (AMAZON_SELLER_APPLICATION_ID)
        client_id (AMAZON_SELLER_CLIENT_ID)
        client_secret (AMAZON_SELLER_CLIENT_SECRET)
    """

    _connector = CONNECTOR

    marketplaces: Lazy[Marketplaces] = Lazy(".resources.marketplaces", "Marketplaces")
    orders: Lazy[Orders] = Lazy(".resources.orders", "Orders")
    reports: Lazy[Reports] = Lazy(".resources.reports", "Reports")

    def __init__(
        self,
        *,
        region: Literal["na", "eu", "fe"] | str | Omit = omit,
        environment: Literal["production", "sandbox"] | str | Omit = omit,
        marketplace_host: str | Omit = omit,
        application_id: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "region": region,
                "environment": environment,
                "marketplace_host": marketplace_host,
                "application_id": application_id,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            options,
        )


class AsyncAmazonSeller(AsyncClient):
    """Amazon Selling Partner API, async.

    Settings that are not given are read from the environment:
        region (AMAZON_SELLER_REGION): Default: na.
        environment (AMAZON_SELLER_ENVIRONMENT): Default: production.
        marketplace_host (AMAZON_SELLER_MARKETPLACE_HOST): Where the seller signs in. Matches [a-z0-9.-]+. Default: sellercentral.amazon.com.
        application_id (AMAZON_SELLER_APPLICATION_ID)
        client_id (AMAZON_SELLER_CLIENT_ID)
        client_secret (AMAZON_SELLER_CLIENT_SECRET)
    """

    _connector = CONNECTOR

    marketplaces: Lazy[AsyncMarketplaces] = Lazy(
        ".resources.marketplaces", "AsyncMarketplaces"
    )
    orders: Lazy[AsyncOrders] = Lazy(".resources.orders", "AsyncOrders")
    reports: Lazy[AsyncReports] = Lazy(".resources.reports", "AsyncReports")

    def __init__(
        self,
        *,
        region: Literal["na", "eu", "fe"] | str | Omit = omit,
        environment: Literal["production", "sandbox"] | str | Omit = omit,
        marketplace_host: str | Omit = omit,
        application_id: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "region": region,
                "environment": environment,
                "marketplace_host": marketplace_host,
                "application_id": application_id,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            options,
        )
