"""Clients of Google Workspace directory."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.users import AsyncUsers, Users


class GoogleDirectory(SyncClient):
    """Google Workspace directory.

    Settings that are not given are read from the environment:
        service_account (GOOGLE_DIRECTORY_SERVICE_ACCOUNT): The key file of the service account.
        subject (GOOGLE_DIRECTORY_SUBJECT): The administrator for whom it acts. Example: admin@example.com.
        customer (GOOGLE_DIRECTORY_CUSTOMER): Default: my_customer.
    """

    _connector = CONNECTOR

    users: Lazy[Users] = Lazy(".resources.users", "Users")

    def __init__(
        self,
        *,
        service_account: str | PathLike[str] | Mapping[str, Any] | Omit = omit,
        subject: str | Omit = omit,
        customer: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "service_account": service_account,
                "subject": subject,
                "customer": customer,
            },
            options,
        )


class AsyncGoogleDirectory(AsyncClient):
    """Google Workspace directory, async.

    Settings that are not given are read from the environment:
        service_account (GOOGLE_DIRECTORY_SERVICE_ACCOUNT): The key file of the service account.
        subject (GOOGLE_DIRECTORY_SUBJECT): The administrator for whom it acts. Example: admin@example.com.
        customer (GOOGLE_DIRECTORY_CUSTOMER): Default: my_customer.
    """

    _connector = CONNECTOR

    users: Lazy[AsyncUsers] = Lazy(".resources.users", "AsyncUsers")

    def __init__(
        self,
        *,
        service_account: str | PathLike[str] | Mapping[str, Any] | Omit = omit,
        subject: str | Omit = omit,
        customer: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "service_account": service_account,
                "subject": subject,
                "customer": customer,
            },
            options,
        )
