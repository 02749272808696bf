"""Clients of Stripe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

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

    account: Lazy[AccountResource] = Lazy(".resources.account", "AccountResource")
    customers: Lazy[Customers] = Lazy(".resources.customers", "Customers")
    charges: Lazy[Charges] = Lazy(".resources.charges", "Charges")
    events: Lazy[Events] = Lazy(".resources.events", "Events")
    files: Lazy[Files] = Lazy(".resources.files", "Files")

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


class AsyncStripe(AsyncClient):
    """Stripe, async.

    Settings that are not given are read from the environment:
        api_key (STRIPE_API_KEY): A secret key. It begins with sk_.
        account (STRIPE_ACCOUNT): A connected account to act for.
        webhook_secret (STRIPE_WEBHOOK_SECRET): Proves that a request comes from Stripe. It begins with whsec_.
        api_version (STRIPE_API_VERSION): Default: 2024-06-20.
    """

    _connector = CONNECTOR

    account: Lazy[AsyncAccountResource] = Lazy(
        ".resources.account", "AsyncAccountResource"
    )
    customers: Lazy[AsyncCustomers] = Lazy(".resources.customers", "AsyncCustomers")
    charges: Lazy[AsyncCharges] = Lazy(".resources.charges", "AsyncCharges")
    events: Lazy[AsyncEvents] = Lazy(".resources.events", "AsyncEvents")
    files: Lazy[AsyncFiles] = Lazy(".resources.files", "AsyncFiles")

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
