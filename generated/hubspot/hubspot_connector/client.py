"""Clients of HubSpot."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.contacts import AsyncContacts, Contacts
    from .resources.engagements import AsyncEngagements, Engagements


class HubSpot(SyncClient):
    """HubSpot.

    Settings that are not given are read from the environment:
        client_id (HUBSPOT_CLIENT_ID)
        client_secret (HUBSPOT_CLIENT_SECRET)
        access_token (HUBSPOT_ACCESS_TOKEN): The token of a private app.
    """

    _connector = CONNECTOR

    contacts: Lazy[Contacts] = Lazy(".resources.contacts", "Contacts")
    engagements: Lazy[Engagements] = Lazy(".resources.engagements", "Engagements")

    @overload
    def __init__(
        self,
        *,
        auth: Literal["app"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["private_app"] | Omit = omit,
        access_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["app", "private_app"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        access_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "client_id": client_id,
                "client_secret": client_secret,
                "access_token": access_token,
            },
            options,
            auth=auth,
        )


class AsyncHubSpot(AsyncClient):
    """HubSpot, async.

    Settings that are not given are read from the environment:
        client_id (HUBSPOT_CLIENT_ID)
        client_secret (HUBSPOT_CLIENT_SECRET)
        access_token (HUBSPOT_ACCESS_TOKEN): The token of a private app.
    """

    _connector = CONNECTOR

    contacts: Lazy[AsyncContacts] = Lazy(".resources.contacts", "AsyncContacts")
    engagements: Lazy[AsyncEngagements] = Lazy(
        ".resources.engagements", "AsyncEngagements"
    )

    @overload
    def __init__(
        self,
        *,
        auth: Literal["app"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["private_app"] | Omit = omit,
        access_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["app", "private_app"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        access_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "client_id": client_id,
                "client_secret": client_secret,
                "access_token": access_token,
            },
            options,
            auth=auth,
        )
