"""Actions on feeds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Stream
from ferrule_runtime.twins import as_async_stream, as_raw, as_raw_async

from ..models.feeds import Row
from ..models.shared import Thing

LINES = Operation[Thing]("feeds.lines", "GET", "/feeds/lines", stream="lines")
EVENTS = Operation[Any](
    "feeds.events",
    "GET",
    "/feeds/events",
    stream="events",
    extends_timeout="query.wait",
)
ROWS = Operation[Row]("feeds.rows", "GET", "/feeds/rows.csv", stream="csv")


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


class RawFeeds(Resource):
    """feeds, with whole answers."""

    lines = as_raw(Feeds.lines)
    events = as_raw(Feeds.events)
    rows = as_raw(Feeds.rows)


class AsyncFeeds(AsyncResource):
    """Actions on feeds."""

    lines = as_async_stream(Feeds.lines)
    events = as_async_stream(Feeds.events)
    rows = as_async_stream(Feeds.rows)

    @property
    def with_raw_response(self) -> AsyncRawFeeds:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFeeds(self._as_raw())


class AsyncRawFeeds(AsyncResource):
    """feeds, with whole answers."""

    lines = as_raw_async(AsyncFeeds.lines)
    events = as_raw_async(AsyncFeeds.events)
    rows = as_raw_async(AsyncFeeds.rows)
