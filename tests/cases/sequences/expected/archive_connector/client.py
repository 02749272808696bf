"""Clients of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.comments import AsyncComments, Comments
    from .resources.files import AsyncFiles, Files
    from .resources.orders import AsyncOrders, Orders
    from .resources.reports import AsyncReports, Reports
    from .resources.rows import AsyncRows, Rows
    from .resources.tickets import AsyncTickets, Tickets
    from .resources.users import AsyncUsers, Users


class Archive(SyncClient):
    """archive.

    Settings that are not given are read from the environment:
        region (ARCHIVE_REGION): Default: eu.
        key (ARCHIVE_KEY)
    """

    _connector = CONNECTOR

    files: Lazy[Files] = Lazy(".resources.files", "Files")
    reports: Lazy[Reports] = Lazy(".resources.reports", "Reports")
    tickets: Lazy[Tickets] = Lazy(".resources.tickets", "Tickets")
    comments: Lazy[Comments] = Lazy(".resources.comments", "Comments")
    users: Lazy[Users] = Lazy(".resources.users", "Users")
    orders: Lazy[Orders] = Lazy(".resources.orders", "Orders")
    rows: Lazy[Rows] = Lazy(".resources.rows", "Rows")

    def __init__(
        self,
        *,
        region: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"region": region, "key": key}, options)


class AsyncArchive(AsyncClient):
    """archive, async.

    Settings that are not given are read from the environment:
        region (ARCHIVE_REGION): Default: eu.
        key (ARCHIVE_KEY)
    """

    _connector = CONNECTOR

    files: Lazy[AsyncFiles] = Lazy(".resources.files", "AsyncFiles")
    reports: Lazy[AsyncReports] = Lazy(".resources.reports", "AsyncReports")
    tickets: Lazy[AsyncTickets] = Lazy(".resources.tickets", "AsyncTickets")
    comments: Lazy[AsyncComments] = Lazy(".resources.comments", "AsyncComments")
    users: Lazy[AsyncUsers] = Lazy(".resources.users", "AsyncUsers")
    orders: Lazy[AsyncOrders] = Lazy(".resources.orders", "AsyncOrders")
    rows: Lazy[AsyncRows] = Lazy(".resources.rows", "AsyncRows")

    def __init__(
        self,
        *,
        region: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"region": region, "key": key}, options)
