"""Clients of Kinto."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

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

    buckets: Lazy[Buckets] = Lazy(".resources.buckets", "Buckets")
    collections: Lazy[Collections] = Lazy(".resources.collections", "Collections")
    records: Lazy[Records] = Lazy(".resources.records", "Records")

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

    def info(self) -> ServerInfo:
        """Show what the server is and can do. GET /."""
        from .resources.plain import INFO

        return self._run(INFO)

    @property
    def with_raw_response(self) -> RawKinto:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawKinto(self._as_raw())


class RawKinto(Resource):
    """The client, with whole answers."""

    info = as_raw(Kinto.info)


class AsyncKinto(AsyncClient):
    """Kinto, async.

    Settings that are not given are read from the environment:
        server (KINTO_SERVER): The address of the server, with /v1. Example: https://kinto.example.com/v1.
        username (KINTO_USERNAME)
        password (KINTO_PASSWORD)
    """

    _connector = CONNECTOR

    buckets: Lazy[AsyncBuckets] = Lazy(".resources.buckets", "AsyncBuckets")
    collections: Lazy[AsyncCollections] = Lazy(
        ".resources.collections", "AsyncCollections"
    )
    records: Lazy[AsyncRecords] = Lazy(".resources.records", "AsyncRecords")

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

    info = as_async(Kinto.info)

    @property
    def with_raw_response(self) -> AsyncRawKinto:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawKinto(self._as_raw())


class AsyncRawKinto(AsyncResource):
    """The client, with whole answers."""

    info = as_raw_async(AsyncKinto.info)
