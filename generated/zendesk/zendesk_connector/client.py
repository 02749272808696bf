"""Clients of Zendesk Support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.calls import AsyncCalls, Calls
    from .resources.search import AsyncSearch, Search
    from .resources.tickets import AsyncTickets, Tickets
    from .resources.uploads import AsyncUploads, Uploads
    from .resources.users import AsyncUsers, Users


class Zendesk(SyncClient):
    """Zendesk Support.

    Settings that are not given are read from the environment:
        subdomain (ZENDESK_SUBDOMAIN): The first part of your Zendesk address. Matches [a-z0-9-]+. Example: acme.
        email (ZENDESK_EMAIL)
        api_token (ZENDESK_API_TOKEN)
        webhook_secret (ZENDESK_WEBHOOK_SECRET): The signing secret of a webhook.
    """

    _connector = CONNECTOR

    tickets: Lazy[Tickets] = Lazy(".resources.tickets", "Tickets")
    calls: Lazy[Calls] = Lazy(".resources.calls", "Calls")
    users: Lazy[Users] = Lazy(".resources.users", "Users")
    search: Lazy[Search] = Lazy(".resources.search", "Search")
    uploads: Lazy[Uploads] = Lazy(".resources.uploads", "Uploads")

    def __init__(
        self,
        *,
        subdomain: str | Omit = omit,
        email: str | Omit = omit,
        api_token: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "subdomain": subdomain,
                "email": email,
                "api_token": api_token,
                "webhook_secret": webhook_secret,
            },
            options,
        )


class AsyncZendesk(AsyncClient):
    """Zendesk Support, async.

    Settings that are not given are read from the environment:
        subdomain (ZENDESK_SUBDOMAIN): The first part of your Zendesk address. Matches [a-z0-9-]+. Example: acme.
        email (ZENDESK_EMAIL)
        api_token (ZENDESK_API_TOKEN)
        webhook_secret (ZENDESK_WEBHOOK_SECRET): The signing secret of a webhook.
    """

    _connector = CONNECTOR

    tickets: Lazy[AsyncTickets] = Lazy(".resources.tickets", "AsyncTickets")
    calls: Lazy[AsyncCalls] = Lazy(".resources.calls", "AsyncCalls")
    users: Lazy[AsyncUsers] = Lazy(".resources.users", "AsyncUsers")
    search: Lazy[AsyncSearch] = Lazy(".resources.search", "AsyncSearch")
    uploads: Lazy[AsyncUploads] = Lazy(".resources.uploads", "AsyncUploads")

    def __init__(
        self,
        *,
        subdomain: str | Omit = omit,
        email: str | Omit = omit,
        api_token: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "subdomain": subdomain,
                "email": email,
                "api_token": api_token,
                "webhook_secret": webhook_secret,
            },
            options,
        )
