"""Clients of clock."""

from __future__ import annotations

from typing import Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ._connector import CONNECTOR


class Clock(SyncClient):
    """clock."""

    _connector = CONNECTOR

    def __init__(self, **options: Unpack[ClientOptions]) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({}, options)

    def now(self) -> str:
        """GET /now."""
        from .resources.plain import NOW

        return self._run(NOW)

    @property
    def with_raw_response(self) -> RawClock:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawClock(self._as_raw())


class RawClock(Resource):
    """The client, with whole answers."""

    now = as_raw(Clock.now)


class AsyncClock(AsyncClient):
    """clock, async."""

    _connector = CONNECTOR

    def __init__(self, **options: Unpack[ClientOptions]) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({}, options)

    now = as_async(Clock.now)

    @property
    def with_raw_response(self) -> AsyncRawClock:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawClock(self._as_raw())


class AsyncRawClock(AsyncResource):
    """The client, with whole answers."""

    now = as_raw_async(AsyncClock.now)
