"""Clients of Names that Python has other uses for."""

from __future__ import annotations

from builtins import str as _str
from datetime import date as _date
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Lazy, Resource as _Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .models.shared import Any, Model
    from .resources.aux_ import AsyncAuxResource, AuxResource
    from .resources.calls import AsyncCalls, Calls
    from .resources.clashes import AsyncClashes, Clashes
    from .resources.client import AsyncClientResource, ClientResource
    from .resources.dates import AsyncDates, Dates
    from .resources.device_id import AsyncDeviceId, DeviceId
    from .resources.lists import AsyncLists, Lists
    from .resources.str import AsyncStr, Str
    from .resources.things import AsyncThings, Things


class OddNames(SyncClient):
    """Names that Python has other uses for.

    Settings that are not given are read from the environment:
        class_name (ODD_NAMES_CLASS_NAME)
        id_ (ODD_NAMES_ID)
        key (ODD_NAMES_KEY)
        since (ODD_NAMES_SINCE)
    """

    _connector = CONNECTOR

    str: Lazy[Str] = Lazy(".resources.str", "Str")
    calls: Lazy[Calls] = Lazy(".resources.calls", "Calls")
    client: Lazy[ClientResource] = Lazy(".resources.client", "ClientResource")
    aux: Lazy[AuxResource] = Lazy(".resources.aux_", "AuxResource")
    lists: Lazy[Lists] = Lazy(".resources.lists", "Lists")
    dates: Lazy[Dates] = Lazy(".resources.dates", "Dates")
    things: Lazy[Things] = Lazy(".resources.things", "Things")
    device_id: Lazy[DeviceId] = Lazy(".resources.device_id", "DeviceId")
    clashes: Lazy[Clashes] = Lazy(".resources.clashes", "Clashes")

    def __init__(
        self,
        *,
        class_name: _str | Omit = omit,
        id_: _str | Omit = omit,
        key: _str | Omit = omit,
        since: _date | _str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"class_name": class_name, "id": id_, "key": key, "since": since}, options
        )

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: _str | Omit = omit,
    ) -> Pager[int]:
        """GET /list."""
        from .resources.plain import LIST

        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    def import_(self) -> Model:
        """GET /import."""
        from .resources.plain import IMPORT

        return self._run(IMPORT)

    def any(self) -> Any:
        """GET /any."""
        from .resources.plain import ANY2

        return self._run(ANY2)

    def date(self) -> _date:
        """GET /today."""
        from .resources.plain import DATE

        return self._run(DATE)

    @property
    def with_raw_response(self) -> RawOddNames:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawOddNames(self._as_raw())


class RawOddNames(_Resource):
    """The client, with whole answers."""

    list = as_raw_page(OddNames.list)
    import_ = as_raw(OddNames.import_)
    any = as_raw(OddNames.any)
    date = as_raw(OddNames.date)


class AsyncOddNames(AsyncClient):
    """Names that Python has other uses for, async.

    Settings that are not given are read from the environment:
        class_name (ODD_NAMES_CLASS_NAME)
        id_ (ODD_NAMES_ID)
        key (ODD_NAMES_KEY)
        since (ODD_NAMES_SINCE)
    """

    _connector = CONNECTOR

    str: Lazy[AsyncStr] = Lazy(".resources.str", "AsyncStr")
    calls: Lazy[AsyncCalls] = Lazy(".resources.calls", "AsyncCalls")
    client: Lazy[AsyncClientResource] = Lazy(".resources.client", "AsyncClientResource")
    aux: Lazy[AsyncAuxResource] = Lazy(".resources.aux_", "AsyncAuxResource")
    lists: Lazy[AsyncLists] = Lazy(".resources.lists", "AsyncLists")
    dates: Lazy[AsyncDates] = Lazy(".resources.dates", "AsyncDates")
    things: Lazy[AsyncThings] = Lazy(".resources.things", "AsyncThings")
    device_id: Lazy[AsyncDeviceId] = Lazy(".resources.device_id", "AsyncDeviceId")
    clashes: Lazy[AsyncClashes] = Lazy(".resources.clashes", "AsyncClashes")

    def __init__(
        self,
        *,
        class_name: _str | Omit = omit,
        id_: _str | Omit = omit,
        key: _str | Omit = omit,
        since: _date | _str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"class_name": class_name, "id": id_, "key": key, "since": since}, options
        )

    list = as_async_pager(OddNames.list)
    import_ = as_async(OddNames.import_)
    any = as_async(OddNames.any)
    date = as_async(OddNames.date)

    @property
    def with_raw_response(self) -> AsyncRawOddNames:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawOddNames(self._as_raw())


class AsyncRawOddNames(AsyncResource):
    """The client, with whole answers."""

    list = as_raw_page(AsyncOddNames.list)
    import_ = as_raw_async(AsyncOddNames.import_)
    any = as_raw_async(AsyncOddNames.any)
    date = as_raw_async(AsyncOddNames.date)
