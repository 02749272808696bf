"""Clients of Zendesk Support."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def tickets(self) -> Tickets:
        """Actions on tickets."""
        from .resources.tickets import Tickets

        return Tickets(self)

    @cached_property
    def calls(self) -> Calls:
        """Actions on calls."""
        from .resources.calls import Calls

        return Calls(self)

    @cached_property
    def users(self) -> Users:
        """Actions on users."""
        from .resources.users import Users

        return Users(self)

    @cached_property
    def search(self) -> Search:
        """Actions on search."""
        from .resources.search import Search

        return Search(self)

    @cached_property
    def uploads(self) -> Uploads:
        """Actions on uploads."""
        from .resources.uploads import Uploads

        return Uploads(self)


class AsyncZendesk(AsyncClient):
    """Zendesk Support, async.

    Settings that are not given are read from the environment:
        subdomain (ZENDESK_SUBDOMAIN): The first part of your Zendesk address. Matches [a-z0-9-]+. Example: acme.
        email (ZENDESK_EMAIL)
        api_token (ZENDESK_API_TOKEN)
        webhook_secret (ZENDESK_WEBHOOK_SECRET): The signing secret of a webhook.
    """

    _connector = CONNECTOR

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

    @cached_property
    def tickets(self) -> AsyncTickets:
        """Actions on tickets."""
        from .resources.tickets import AsyncTickets

        return AsyncTickets(self)

    @cached_property
    def calls(self) -> AsyncCalls:
        """Actions on calls."""
        from .resources.calls import AsyncCalls

        return AsyncCalls(self)

    @cached_property
    def users(self) -> AsyncUsers:
        """Actions on users."""
        from .resources.users import AsyncUsers

        return AsyncUsers(self)

    @cached_property
    def search(self) -> AsyncSearch:
        """Actions on search."""
        from .resources.search import AsyncSearch

        return AsyncSearch(self)

    @cached_property
    def uploads(self) -> AsyncUploads:
        """Actions on uploads."""
        from .resources.uploads import AsyncUploads

        return AsyncUploads(self)
