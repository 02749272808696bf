"""Clients of Marketo."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def leads(self) -> Leads:
        """Actions on leads."""
        from .resources.leads import Leads

        return Leads(self)

    @cached_property
    def activities(self) -> Activities:
        """Actions on activities."""
        from .resources.activities import Activities

        return Activities(self)

    @cached_property
    def programs(self) -> Programs:
        """Actions on programs."""
        from .resources.programs import Programs

        return Programs(self)


class AsyncMarketo(AsyncClient):
    """Marketo, async.

    Settings that are not given are read from the environment:
        endpoint (MARKETO_ENDPOINT): The address of the REST API, from Admin, Web Services. Example: https://123-abc-456.mktorest.com.
        identity (MARKETO_IDENTITY): The address of the identity service, from the same page. Example: https://123-abc-456.mktorest.com/identity.
        client_id (MARKETO_CLIENT_ID)
        client_secret (MARKETO_CLIENT_SECRET)
    """

    _connector = CONNECTOR

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

    @cached_property
    def leads(self) -> AsyncLeads:
        """Actions on leads."""
        from .resources.leads import AsyncLeads

        return AsyncLeads(self)

    @cached_property
    def activities(self) -> AsyncActivities:
        """Actions on activities."""
        from .resources.activities import AsyncActivities

        return AsyncActivities(self)

    @cached_property
    def programs(self) -> AsyncPrograms:
        """Actions on programs."""
        from .resources.programs import AsyncPrograms

        return AsyncPrograms(self)
