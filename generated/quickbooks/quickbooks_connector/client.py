"""Clients of QuickBooks Online."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.batch import AsyncBatch, Batch
    from .resources.company import AsyncCompanyResource, CompanyResource
    from .resources.customers import AsyncCustomers, Customers
    from .resources.invoices import AsyncInvoices, Invoices
    from .resources.query import AsyncQuery, Query


class QuickBooks(SyncClient):
    """QuickBooks Online.

    Settings that are not given are read from the environment:
        client_id (QUICKBOOKS_CLIENT_ID)
        client_secret (QUICKBOOKS_CLIENT_SECRET)
        environment (QUICKBOOKS_ENVIRONMENT): Default: production.
    """

    _connector = CONNECTOR

    company: Lazy[CompanyResource] = Lazy(".resources.company", "CompanyResource")
    query: Lazy[Query] = Lazy(".resources.query", "Query")
    customers: Lazy[Customers] = Lazy(".resources.customers", "Customers")
    invoices: Lazy[Invoices] = Lazy(".resources.invoices", "Invoices")
    batch: Lazy[Batch] = Lazy(".resources.batch", "Batch")

    def __init__(
        self,
        *,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        environment: Literal["production", "sandbox"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "client_id": client_id,
                "client_secret": client_secret,
                "environment": environment,
            },
            options,
        )


class AsyncQuickBooks(AsyncClient):
    """QuickBooks Online, async.

    Settings that are not given are read from the environment:
        client_id (QUICKBOOKS_CLIENT_ID)
        client_secret (QUICKBOOKS_CLIENT_SECRET)
        environment (QUICKBOOKS_ENVIRONMENT): Default: production.
    """

    _connector = CONNECTOR

    company: Lazy[AsyncCompanyResource] = Lazy(
        ".resources.company", "AsyncCompanyResource"
    )
    query: Lazy[AsyncQuery] = Lazy(".resources.query", "AsyncQuery")
    customers: Lazy[AsyncCustomers] = Lazy(".resources.customers", "AsyncCustomers")
    invoices: Lazy[AsyncInvoices] = Lazy(".resources.invoices", "AsyncInvoices")
    batch: Lazy[AsyncBatch] = Lazy(".resources.batch", "AsyncBatch")

    def __init__(
        self,
        *,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        environment: Literal["production", "sandbox"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "client_id": client_id,
                "client_secret": client_secret,
                "environment": environment,
            },
            options,
        )
