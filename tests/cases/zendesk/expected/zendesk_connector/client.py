"""Clients of Zendesk Support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.tickets import AsyncTickets, Tickets


class Zendesk(SyncClient):
    """Zendesk Support.

    Settings that are not given are read from the environment:
        subdomain (ZENDESK_SUBDOMAIN): Matches [a-z0-9-]+. Example: acme.
        email (ZENDESK_EMAIL)
        api_token (ZENDESK_API_TOKEN)
    """

    _connector = CONNECTOR

    tickets: Lazy[Tickets] = Lazy(".resources.tickets", "Tickets")

    def __init__(
        self,
        *,
        subdomain: str | Omit = omit,
        email: str | Omit = omit,
        api_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"subdomain": subdomain, "email": email, "api_token": api_token}, options
        )


class AsyncZendesk(AsyncClient):
    """Zendesk Support, async.

    Settings that are not given are read from the environment:
        subdomain (ZENDESK_SUBDOMAIN): Matches [a-z0-9-]+. Example: acme.
        email (ZENDESK_EMAIL)
        api_token (ZENDESK_API_TOKEN)
    """

    _connector = CONNECTOR

    tickets: Lazy[AsyncTickets] = Lazy(".resources.tickets", "AsyncTickets")

    def __init__(
        self,
        *,
        subdomain: str | Omit = omit,
        email: str | Omit = omit,
        api_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"subdomain": subdomain, "email": email, "api_token": api_token}, options
        )
