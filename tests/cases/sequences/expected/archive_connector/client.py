"""Clients of archive."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    def __init__(
        self,
        *,
        region: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"region": region, "key": key}, options)

    @cached_property
    def files(self) -> Files:
        """Actions on files."""
        from .resources.files import Files

        return Files(self)

    @cached_property
    def reports(self) -> Reports:
        """Actions on reports."""
        from .resources.reports import Reports

        return Reports(self)

    @cached_property
    def tickets(self) -> Tickets:
        """Actions on tickets."""
        from .resources.tickets import Tickets

        return Tickets(self)

    @cached_property
    def comments(self) -> Comments:
        """Actions on comments."""
        from .resources.comments import Comments

        return Comments(self)

    @cached_property
    def users(self) -> Users:
        """Actions on users."""
        from .resources.users import Users

        return Users(self)

    @cached_property
    def orders(self) -> Orders:
        """Actions on orders."""
        from .resources.orders import Orders

        return Orders(self)

    @cached_property
    def rows(self) -> Rows:
        """Actions on rows."""
        from .resources.rows import Rows

        return Rows(self)


class AsyncArchive(AsyncClient):
    """archive, async.

    Settings that are not given are read from the environment:
        region (ARCHIVE_REGION): Default: eu.
        key (ARCHIVE_KEY)
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        region: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"region": region, "key": key}, options)

    @cached_property
    def files(self) -> AsyncFiles:
        """Actions on files."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self)

    @cached_property
    def reports(self) -> AsyncReports:
        """Actions on reports."""
        from .resources.reports import AsyncReports

        return AsyncReports(self)

    @cached_property
    def tickets(self) -> AsyncTickets:
        """Actions on tickets."""
        from .resources.tickets import AsyncTickets

        return AsyncTickets(self)

    @cached_property
    def comments(self) -> AsyncComments:
        """Actions on comments."""
        from .resources.comments import AsyncComments

        return AsyncComments(self)

    @cached_property
    def users(self) -> AsyncUsers:
        """Actions on users."""
        from .resources.users import AsyncUsers

        return AsyncUsers(self)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Actions on orders."""
        from .resources.orders import AsyncOrders

        return AsyncOrders(self)

    @cached_property
    def rows(self) -> AsyncRows:
        """Actions on rows."""
        from .resources.rows import AsyncRows

        return AsyncRows(self)
