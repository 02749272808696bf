"""Clients of QuickBooks Online."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def company(self) -> CompanyResource:
        """Actions on company."""
        from .resources.company import CompanyResource

        return CompanyResource(self)

    @cached_property
    def query(self) -> Query:
        """Actions on query."""
        from .resources.query import Query

        return Query(self)

    @cached_property
    def customers(self) -> Customers:
        """Actions on customers."""
        from .resources.customers import Customers

        return Customers(self)

    @cached_property
    def invoices(self) -> Invoices:
        """Actions on invoices."""
        from .resources.invoices import Invoices

        return Invoices(self)

    @cached_property
    def batch(self) -> Batch:
        """Actions on batch."""
        from .resources.batch import Batch

        return Batch(self)


class AsyncQuickBooks(AsyncClient):
    """QuickBooks Online, async.

    Settings that are not given are read from the environment:
        client_id (QUICKBOOKS_CLIENT_ID)
        client_secret (QUICKBOOKS_CLIENT_SECRET)
        environment (QUICKBOOKS_ENVIRONMENT): Default: production.
    """

    _connector = CONNECTOR

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

    @cached_property
    def company(self) -> AsyncCompanyResource:
        """Actions on company."""
        from .resources.company import AsyncCompanyResource

        return AsyncCompanyResource(self)

    @cached_property
    def query(self) -> AsyncQuery:
        """Actions on query."""
        from .resources.query import AsyncQuery

        return AsyncQuery(self)

    @cached_property
    def customers(self) -> AsyncCustomers:
        """Actions on customers."""
        from .resources.customers import AsyncCustomers

        return AsyncCustomers(self)

    @cached_property
    def invoices(self) -> AsyncInvoices:
        """Actions on invoices."""
        from .resources.invoices import AsyncInvoices

        return AsyncInvoices(self)

    @cached_property
    def batch(self) -> AsyncBatch:
        """Actions on batch."""
        from .resources.batch import AsyncBatch

        return AsyncBatch(self)
