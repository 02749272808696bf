"""Clients of Names that Python has other uses for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import (
    AsyncClient,
    ClientOptions,
    SyncClient,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

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
    from .resources.things import AsyncThings, Things


class OddNames(SyncClient):
    """Names that Python has other uses for.

    Settings that are not given are read from the environment:
        class_name (ODD_NAMES_CLASS_NAME)
        id_ (ODD_NAMES_ID)
        key (ODD_NAMES_KEY)
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        class_name: str | Omit = omit,
        id_: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"class_name": class_name, "id": id_, "key": key}, options)

    @cached_property
    def calls(self) -> Calls:
        """Actions on calls."""
        from .resources.calls import Calls

        return Calls(self)

    @cached_property
    def client(self) -> ClientResource:
        """Actions on client."""
        from .resources.client import ClientResource

        return ClientResource(self)

    @cached_property
    def aux(self) -> AuxResource:
        """Actions on aux."""
        from .resources.aux_ import AuxResource

        return AuxResource(self)

    @cached_property
    def lists(self) -> Lists:
        """Actions on lists."""
        from .resources.lists import Lists

        return Lists(self)

    @cached_property
    def dates(self) -> Dates:
        """Actions on dates."""
        from .resources.dates import Dates

        return Dates(self)

    @cached_property
    def things(self) -> Things:
        """Actions on things."""
        from .resources.things import Things

        return Things(self)

    @cached_property
    def device_id(self) -> DeviceId:
        """Actions on deviceID."""
        from .resources.device_id import DeviceId

        return DeviceId(self)

    @cached_property
    def clashes(self) -> Clashes:
        """Actions on clashes."""
        from .resources.clashes import Clashes

        return Clashes(self)

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
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

    @property
    def with_raw_response(self) -> RawOddNames:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawOddNames(self._as_raw())


class RawOddNames:
    """The client, with whole answers."""

    def __init__(self, raw: OddNames) -> None:
        self.list = as_raw_page(raw.list)
        self.import_ = as_raw(raw.import_)
        self.any = as_raw(raw.any)


class AsyncOddNames(AsyncClient):
    """Names that Python has other uses for, async.

    Settings that are not given are read from the environment:
        class_name (ODD_NAMES_CLASS_NAME)
        id_ (ODD_NAMES_ID)
        key (ODD_NAMES_KEY)
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        class_name: str | Omit = omit,
        id_: str | Omit = omit,
        key: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__({"class_name": class_name, "id": id_, "key": key}, options)

    @cached_property
    def calls(self) -> AsyncCalls:
        """Actions on calls."""
        from .resources.calls import AsyncCalls

        return AsyncCalls(self)

    @cached_property
    def client(self) -> AsyncClientResource:
        """Actions on client."""
        from .resources.client import AsyncClientResource

        return AsyncClientResource(self)

    @cached_property
    def aux(self) -> AsyncAuxResource:
        """Actions on aux."""
        from .resources.aux_ import AsyncAuxResource

        return AsyncAuxResource(self)

    @cached_property
    def lists(self) -> AsyncLists:
        """Actions on lists."""
        from .resources.lists import AsyncLists

        return AsyncLists(self)

    @cached_property
    def dates(self) -> AsyncDates:
        """Actions on dates."""
        from .resources.dates import AsyncDates

        return AsyncDates(self)

    @cached_property
    def things(self) -> AsyncThings:
        """Actions on things."""
        from .resources.things import AsyncThings

        return AsyncThings(self)

    @cached_property
    def device_id(self) -> AsyncDeviceId:
        """Actions on deviceID."""
        from .resources.device_id import AsyncDeviceId

        return AsyncDeviceId(self)

    @cached_property
    def clashes(self) -> AsyncClashes:
        """Actions on clashes."""
        from .resources.clashes import AsyncClashes

        return AsyncClashes(self)

    def list(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[int]:
        """GET /list."""
        from .resources.plain import LIST

        return self._pages(
            LIST, page_size=page_size, start=start, checkpoint=checkpoint
        )

    async def import_(self) -> Model:
        """GET /import."""
        from .resources.plain import IMPORT

        return await self._run(IMPORT)

    async def any(self) -> Any:
        """GET /any."""
        from .resources.plain import ANY2

        return await self._run(ANY2)

    @property
    def with_raw_response(self) -> AsyncRawOddNames:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawOddNames(self._as_raw())


class AsyncRawOddNames:
    """The client, with whole answers."""

    def __init__(self, raw: AsyncOddNames) -> None:
        self.list = as_raw_page(raw.list)
        self.import_ = as_raw_async(raw.import_)
        self.any = as_raw_async(raw.any)
