"""Clients of Salesforce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.composite import AsyncComposite, Composite
    from .resources.limits import AsyncLimits, Limits
    from .resources.query import AsyncQuery, Query
    from .resources.records import AsyncRecords, Records


class Salesforce(SyncClient):
    """Salesforce.

    Settings that are not given are read from the environment:
        login_host (SALESFORCE_LOGIN_HOST): `test.salesforce.com` for a sandbox, or the host of your own domain. Matches [a-z0-9.-]+. Default: login.salesforce.com.
        client_id (SALESFORCE_CLIENT_ID)
        client_secret (SALESFORCE_CLIENT_SECRET)
        api_version (SALESFORCE_API_VERSION): Matches v[0-9]+[.]0. Default: v62.0.
    """

    _connector = CONNECTOR

    query: Lazy[Query] = Lazy(".resources.query", "Query")
    records: Lazy[Records] = Lazy(".resources.records", "Records")
    composite: Lazy[Composite] = Lazy(".resources.composite", "Composite")
    limits: Lazy[Limits] = Lazy(".resources.limits", "Limits")

    def __init__(
        self,
        *,
        login_host: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "login_host": login_host,
                "client_id": client_id,
                "client_secret": client_secret,
                "api_version": api_version,
            },
            options,
        )


class AsyncSalesforce(AsyncClient):
    """Salesforce, async.

    Settings that are not given are read from the environment:
        login_host (SALESFORCE_LOGIN_HOST): `test.salesforce.com` for a sandbox, or the host of your own domain. Matches [a-z0-9.-]+. Default: login.salesforce.com.
        client_id (SALESFORCE_CLIENT_ID)
        client_secret (SALESFORCE_CLIENT_SECRET)
        api_version (SALESFORCE_API_VERSION): Matches v[0-9]+[.]0. Default: v62.0.
    """

    _connector = CONNECTOR

    query: Lazy[AsyncQuery] = Lazy(".resources.query", "AsyncQuery")
    records: Lazy[AsyncRecords] = Lazy(".resources.records", "AsyncRecords")
    composite: Lazy[AsyncComposite] = Lazy(".resources.composite", "AsyncComposite")
    limits: Lazy[AsyncLimits] = Lazy(".resources.limits", "AsyncLimits")

    def __init__(
        self,
        *,
        login_host: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        api_version: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "login_host": login_host,
                "client_id": client_id,
                "client_secret": client_secret,
                "api_version": api_version,
            },
            options,
        )
