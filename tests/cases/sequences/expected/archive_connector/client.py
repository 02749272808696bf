"""Clients of archive."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.files import AsyncFiles, Files
    from .resources.reports import AsyncReports, Reports


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
