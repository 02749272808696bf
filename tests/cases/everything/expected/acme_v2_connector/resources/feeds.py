"""Actions on feeds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.streams import AsyncStream, Stream

from ..models.feeds import Row
from ..models.shared import Thing

LINES: Operation[Thing] = Operation(
    "feeds.lines", "GET", "/feeds/lines", returns=Thing, stream="lines"
)
EVENTS: Operation[Any] = Operation(
    "feeds.events",
    "GET",
    "/feeds/events",
    returns=Any,
    stream="events",
    extends_timeout="query.wait",
)
ROWS: Operation[Row] = Operation(
    "feeds.rows", "GET", "/feeds/rows.csv", returns=Row, stream="csv"
)


class Feeds(Resource):
    """Actions on feeds."""

    def lines(self) -> Stream[Thing]:
        """GET /feeds/lines."""
        return self._lines(LINES)

    def events(self, *, wait: timedelta | Omit = omit) -> Stream[Any]:
        """GET /feeds/events."""
        return self._lines(EVENTS, query={"wait": wait})

    def rows(self) -> Stream[Row]:
        """GET /feeds/rows.csv."""
        return self._lines(ROWS)

    @property
    def with_raw_response(self) -> RawFeeds:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawFeeds(self._as_raw())


class RawFeeds:
    """feeds, with whole answers."""

    def __init__(self, raw: Feeds) -> None:
        self.lines = as_raw(raw.lines)
        self.events = as_raw(raw.events)
        self.rows = as_raw(raw.rows)


class AsyncFeeds(AsyncResource):
    """Actions on feeds."""

    async def lines(self) -> AsyncStream[Thing]:
        """GET /feeds/lines."""
        return await self._lines(LINES)

    async def events(self, *, wait: timedelta | Omit = omit) -> AsyncStream[Any]:
        """GET /feeds/events."""
        return await self._lines(EVENTS, query={"wait": wait})

    async def rows(self) -> AsyncStream[Row]:
        """GET /feeds/rows.csv."""
        return await self._lines(ROWS)

    @property
    def with_raw_response(self) -> AsyncRawFeeds:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFeeds(self._as_raw())


class AsyncRawFeeds:
    """feeds, with whole answers."""

    def __init__(self, raw: AsyncFeeds) -> None:
        self.lines = as_raw_async(raw.lines)
        self.events = as_raw_async(raw.events)
        self.rows = as_raw_async(raw.rows)
