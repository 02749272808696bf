"""Actions on dates."""

from __future__ import annotations

from datetime import date, date as _date, datetime, datetime as _datetime, time

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.models import Date, DateTime, Time
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

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


class RawDates(_Resource):
    """dates, with whole answers."""

    date = as_raw(Dates.date)
    datetime = as_raw(Dates.datetime)
    property_ = as_raw_page(Dates.property_)
    omit_ = as_raw(Dates.omit_)


class AsyncDates(AsyncResource):
    """Actions on dates."""

    date = as_async(Dates.date)
    datetime = as_async(Dates.datetime)
    property_ = as_async_pager(Dates.property_)
    omit_ = as_async(Dates.omit_)

    @property
    def with_raw_response(self) -> AsyncRawDates:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawDates(self._as_raw())


class AsyncRawDates(AsyncResource):
    """dates, with whole answers."""

    date = as_raw_async(AsyncDates.date)
    datetime = as_raw_async(AsyncDates.datetime)
    property_ = as_raw_page(AsyncDates.property_)
    omit_ = as_raw_async(AsyncDates.omit_)
