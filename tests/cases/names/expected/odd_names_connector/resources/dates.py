"""Actions on dates."""

from __future__ import annotations

from datetime import date, date as _date, datetime, datetime as _datetime, time

from ferrule_runtime.client import (
    AsyncResource,
    Resource as _Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.models import Date, DateTime, Time
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

DATE: _Operation[date] = _Operation("dates.date", "GET", "/date", returns=Date)
DATETIME: _Operation[datetime] = _Operation(
    "dates.datetime", "GET", "/datetime", returns=DateTime
)
PROPERTY: _Operation[list[date]] = _Operation(
    "dates.property", "GET", "/property", returns=list[Date], paging="default"
)
OMIT: _Operation[time] = _Operation("dates.omit", "GET", "/omit", returns=Time)


class Dates(_Resource):
    """Actions on dates."""

    def date(self, *, date: _date) -> _date:
        """GET /date."""
        return self._run(DATE, query={"date": date})

    def datetime(self, *, datetime: _datetime) -> _datetime:
        """GET /datetime."""
        return self._run(DATETIME, query={"datetime": datetime})

    def property_(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[_date]:
        """GET /property."""
        return self._pages(
            PROPERTY, page_size=page_size, start=start, checkpoint=checkpoint
        )

    def omit_(self, *, self_: str, omit_: str | Omit = omit) -> time:
        """GET /omit."""
        return self._run(OMIT, query={"omit": omit_, "self": self_})

    @property
    def with_raw_response(self) -> RawDates:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawDates(self._as_raw())


class RawDates:
    """dates, with whole answers."""

    def __init__(self, raw: Dates) -> None:
        self.date = as_raw(raw.date)
        self.datetime = as_raw(raw.datetime)
        self.property_ = as_raw_page(raw.property_)
        self.omit_ = as_raw(raw.omit_)


class AsyncDates(AsyncResource):
    """Actions on dates."""

    async def date(self, *, date: _date) -> _date:
        """GET /date."""
        return await self._run(DATE, query={"date": date})

    async def datetime(self, *, datetime: _datetime) -> _datetime:
        """GET /datetime."""
        return await self._run(DATETIME, query={"datetime": datetime})

    def property_(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[_date]:
        """GET /property."""
        return self._pages(
            PROPERTY, page_size=page_size, start=start, checkpoint=checkpoint
        )

    async def omit_(self, *, self_: str, omit_: str | Omit = omit) -> time:
        """GET /omit."""
        return await self._run(OMIT, query={"omit": omit_, "self": self_})

    @property
    def with_raw_response(self) -> AsyncRawDates:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDates(self._as_raw())


class AsyncRawDates:
    """dates, with whole answers."""

    def __init__(self, raw: AsyncDates) -> None:
        self.date = as_raw_async(raw.date)
        self.datetime = as_raw_async(raw.datetime)
        self.property_ = as_raw_page(raw.property_)
        self.omit_ = as_raw_async(raw.omit_)
