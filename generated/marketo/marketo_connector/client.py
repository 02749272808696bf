"""Clients of Marketo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.activities import Activities, AsyncActivities
    from .resources.leads import AsyncLeads, Leads
    from .resources.programs import AsyncPrograms, Programs


class Marketo(SyncClient):
    """Marketo.

    Settings that are not given are read from the environment:
        endpoint (MARKETO_ENDPOINT): The address of the REST API, from Admin, Web Services. Example: https://123-abc-456.mktorest.com.
        identity (MARKETO_IDENTITY): The address of the identity service, from the same page. Example: https://123-abc-456.mktorest.com/identity.
        client_id (MARKETO_CLIENT_ID)
        client_secret (MARKETO_CLIENT_SECRET)
    """

    _connector = CONNECTOR

    leads: Lazy[Leads] = Lazy(".resources.leads", "Leads")
    activities: Lazy[Activities] = Lazy(".resources.activities", "Activities")
    programs: Lazy[Programs] = Lazy(".resources.programs", "Programs")

    def __init__(
        self,
        *,
        endpoint: str | Omit = omit,
        identity: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "endpoint": endpoint,
                "identity": identity,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            options,
        )


class AsyncMarketo(AsyncClient):
    """Marketo, async.

    Settings that are not given are read from the environment:
        endpoint (MARKETO_ENDPOINT): The address of the REST API, from Admin, Web Services. Example: https://123-abc-456.mktorest.com.
        identity (MARKETO_IDENTITY): The address of the identity service, from the same page. Example: https://123-abc-456.mktorest.com/identity.
        client_id (MARKETO_CLIENT_ID)
        client_secret (MARKETO_CLIENT_SECRET)
    """

    _connector = CONNECTOR

    leads: Lazy[AsyncLeads] = Lazy(".resources.leads", "AsyncLeads")
    activities: Lazy[AsyncActivities] = Lazy(".resources.activities", "AsyncActivities")
    programs: Lazy[AsyncPrograms] = Lazy(".resources.programs", "AsyncPrograms")

    def __init__(
        self,
        *,
        endpoint: str | Omit = omit,
        identity: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "endpoint": endpoint,
                "identity": identity,
                "client_id": client_id,
                "client_secret": client_secret,
            },
            options,
        )
