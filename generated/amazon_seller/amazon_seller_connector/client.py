"""Clients of Amazon Selling Partner API."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def marketplaces(self) -> Marketplaces:
        """Actions on marketplaces."""
        from .resources.marketplaces import Marketplaces

        return Marketplaces(self)

    @cached_property
    def orders(self) -> Orders:
        """Actions on orders."""
        from .resources.orders import Orders

        return Orders(self)

    @cached_property
    def reports(self) -> Reports:
        """Actions on reports."""
        from .resources.reports import Reports

        return Reports(self)


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

    @cached_property
    def marketplaces(self) -> AsyncMarketplaces:
        """Actions on marketplaces."""
        from .resources.marketplaces import AsyncMarketplaces

        return AsyncMarketplaces(self)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Actions on orders."""
        from .resources.orders import AsyncOrders

        return AsyncOrders(self)

    @cached_property
    def reports(self) -> AsyncReports:
        """Actions on reports."""
        from .resources.reports import AsyncReports

        return AsyncReports(self)
