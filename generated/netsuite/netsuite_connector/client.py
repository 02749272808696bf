"""Clients of NetSuite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.customers import AsyncCustomers, Customers
    from .resources.restlets import AsyncRestlets, Restlets
    from .resources.suiteql import AsyncSuiteql, Suiteql


class NetSuite(SyncClient):
    """NetSuite.

    Settings that are not given are read from the environment:
        account (NETSUITE_ACCOUNT): The account's id, from Setup, Company, Company Information. Matches [A-Za-z0-9]+([-_][A-Za-z0-9]+)?. Example: 1234567_SB1.
        consumer_key (NETSUITE_CONSUMER_KEY)
        consumer_secret (NETSUITE_CONSUMER_SECRET)
        token_id (NETSUITE_TOKEN_ID)
        token_secret (NETSUITE_TOKEN_SECRET)
    """

    _connector = CONNECTOR

    customers: Lazy[Customers] = Lazy(".resources.customers", "Customers")
    suiteql: Lazy[Suiteql] = Lazy(".resources.suiteql", "Suiteql")
    restlets: Lazy[Restlets] = Lazy(".resources.restlets", "Restlets")

    def __init__(
        self,
        *,
        account: str | Omit = omit,
        consumer_key: str | Omit = omit,
        consumer_secret: str | Omit = omit,
        token_id: str | Omit = omit,
        token_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "account": account,
                "consumer_key": consumer_key,
                "consumer_secret": consumer_secret,
                "token_id": token_id,
                "token_secret": token_secret,
            },
            options,
        )


class AsyncNetSuite(AsyncClient):
    """NetSuite, async.

    Settings that are not given are read from the environment:
        account (NETSUITE_ACCOUNT): The account's id, from Setup, Company, Company Information. Matches [A-Za-z0-9]+([-_][A-Za-z0-9]+)?. Example: 1234567_SB1.
        consumer_key (NETSUITE_CONSUMER_KEY)
        consumer_secret (NETSUITE_CONSUMER_SECRET)
        token_id (NETSUITE_TOKEN_ID)
        token_secret (NETSUITE_TOKEN_SECRET)
    """

    _connector = CONNECTOR

    customers: Lazy[AsyncCustomers] = Lazy(".resources.customers", "AsyncCustomers")
    suiteql: Lazy[AsyncSuiteql] = Lazy(".resources.suiteql", "AsyncSuiteql")
    restlets: Lazy[AsyncRestlets] = Lazy(".resources.restlets", "AsyncRestlets")

    def __init__(
        self,
        *,
        account: str | Omit = omit,
        consumer_key: str | Omit = omit,
        consumer_secret: str | Omit = omit,
        token_id: str | Omit = omit,
        token_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "account": account,
                "consumer_key": consumer_key,
                "consumer_secret": consumer_secret,
                "token_id": token_id,
                "token_secret": token_secret,
            },
            options,
        )
