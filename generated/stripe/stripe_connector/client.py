"""Clients of Stripe."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.account import AccountResource, AsyncAccountResource
    from .resources.charges import AsyncCharges, Charges
    from .resources.customers import AsyncCustomers, Customers
    from .resources.events import AsyncEvents, Events
    from .resources.files import AsyncFiles, Files


class Stripe(SyncClient):
    """Stripe.

    Settings that are not given are read from the environment:
        api_key (STRIPE_API_KEY): A secret key. It begins with sk_.
        account (STRIPE_ACCOUNT): A connected account to act for.
        webhook_secret (STRIPE_WEBHOOK_SECRET): Proves that a request comes from Stripe. It begins with whsec_.
        api_version (STRIPE_API_VERSION): Default: 2024-06-20.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        api_key: str | Omit = omit,
        account: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "api_key": api_key,
                "account": account,
                "webhook_secret": webhook_secret,
                "api_version": api_version,
            },
            options,
        )

    @cached_property
    def account(self) -> AccountResource:
        """Actions on account."""
        from .resources.account import AccountResource

        return AccountResource(self)

    @cached_property
    def customers(self) -> Customers:
        """Actions on customers."""
        from .resources.customers import Customers

        return Customers(self)

    @cached_property
    def charges(self) -> Charges:
        """Actions on charges."""
        from .resources.charges import Charges

        return Charges(self)

    @cached_property
    def events(self) -> Events:
        """Actions on events."""
        from .resources.events import Events

        return Events(self)

    @cached_property
    def files(self) -> Files:
        """Actions on files."""
        from .resources.files import Files

        return Files(self)


class AsyncStripe(AsyncClient):
    """Stripe, async.

    Settings that are not given are read from the environment:
        api_key (STRIPE_API_KEY): A secret key. It begins with sk_.
        account (STRIPE_ACCOUNT): A connected account to act for.
        webhook_secret (STRIPE_WEBHOOK_SECRET): Proves that a request comes from Stripe. It begins with whsec_.
        api_version (STRIPE_API_VERSION): Default: 2024-06-20.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        api_key: str | Omit = omit,
        account: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "api_key": api_key,
                "account": account,
                "webhook_secret": webhook_secret,
                "api_version": api_version,
            },
            options,
        )

    @cached_property
    def account(self) -> AsyncAccountResource:
        """Actions on account."""
        from .resources.account import AsyncAccountResource

        return AsyncAccountResource(self)

    @cached_property
    def customers(self) -> AsyncCustomers:
        """Actions on customers."""
        from .resources.customers import AsyncCustomers

        return AsyncCustomers(self)

    @cached_property
    def charges(self) -> AsyncCharges:
        """Actions on charges."""
        from .resources.charges import AsyncCharges

        return AsyncCharges(self)

    @cached_property
    def events(self) -> AsyncEvents:
        """Actions on events."""
        from .resources.events import AsyncEvents

        return AsyncEvents(self)

    @cached_property
    def files(self) -> AsyncFiles:
        """Actions on files."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self)
