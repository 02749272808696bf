"""Clients of Kinto."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import (
    AsyncClient,
    ClientOptions,
    SyncClient,
    as_raw,
    as_raw_async,
)
from ferrule_runtime.omit import Omit, omit

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .models.shared import ServerInfo
    from .resources.buckets import AsyncBuckets, Buckets
    from .resources.collections import AsyncCollections, Collections
    from .resources.records import AsyncRecords, Records


class Kinto(SyncClient):
    """Kinto.

    Settings that are not given are read from the environment:
        server (KINTO_SERVER): The address of the server, with /v1. Example: https://kinto.example.com/v1.
        username (KINTO_USERNAME)
        password (KINTO_PASSWORD)
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"server": server, "username": username, "password": password}, options
        )

    @cached_property
    def buckets(self) -> Buckets:
        """Actions on buckets."""
        from .resources.buckets import Buckets

        return Buckets(self)

    @cached_property
    def collections(self) -> Collections:
        """Actions on collections."""
        from .resources.collections import Collections

        return Collections(self)

    @cached_property
    def records(self) -> Records:
        """Actions on records."""
        from .resources.records import Records

        return Records(self)

    def info(self) -> ServerInfo:
        """Show what the server is and can do. GET /."""
        from .resources.plain import INFO

        return self._run(INFO)

    @property
    def with_raw_response(self) -> RawKinto:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawKinto(self._as_raw())


class RawKinto:
    """The client, with whole answers."""

    def __init__(self, raw: Kinto) -> None:
        self.info = as_raw(raw.info)


class AsyncKinto(AsyncClient):
    """Kinto, async.

    Settings that are not given are read from the environment:
        server (KINTO_SERVER): The address of the server, with /v1. Example: https://kinto.example.com/v1.
        username (KINTO_USERNAME)
        password (KINTO_PASSWORD)
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"server": server, "username": username, "password": password}, options
        )

    @cached_property
    def buckets(self) -> AsyncBuckets:
        """Actions on buckets."""
        from .resources.buckets import AsyncBuckets

        return AsyncBuckets(self)

    @cached_property
    def collections(self) -> AsyncCollections:
        """Actions on collections."""
        from .resources.collections import AsyncCollections

        return AsyncCollections(self)

    @cached_property
    def records(self) -> AsyncRecords:
        """Actions on records."""
        from .resources.records import AsyncRecords

        return AsyncRecords(self)

    async def info(self) -> ServerInfo:
        """Show what the server is and can do. GET /."""
        from .resources.plain import INFO

        return await self._run(INFO)

    @property
    def with_raw_response(self) -> AsyncRawKinto:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawKinto(self._as_raw())


class AsyncRawKinto:
    """The client, with whole answers."""

    def __init__(self, raw: AsyncKinto) -> None:
        self.info = as_raw_async(raw.info)
