"""Actions on lists."""

from __future__ import annotations

from builtins import dict as _dict, str as _str
from collections.abc import Mapping

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.models import StrictInt
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

DICT: _Operation[dict[str, int]] = _Operation(
    "lists.dict", "GET", "/dict", returns=dict[str, StrictInt]
)
LIST = _Operation[list[dict[str, str]]](
    "lists.list", "GET", "/list/{list}", paging="default"
)
STR = _Operation[str]("lists.str", "GET", "/str")


class Lists(_Resource):
    """Actions on lists."""

    def dict(self) -> _dict[_str, int]:
        """GET /dict."""
        return self._run(DICT)

    def list(
        self,
        *,
        list_: _str,
        dict_: Mapping[_str, _str],
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: _str | Omit = omit,
    ) -> Pager[_dict[_str, _str]]:
        """GET /list/{list}."""
        return self._pages(
            LIST,
            path=(list_,),
            query={"dict": dict_},
            page_size=page_size,
            start=start,
            checkpoint=checkpoint,
        )

    def str(self, *, str_: _str) -> _str:
        """GET /str."""
        return self._run(STR, query={"str": str_})

    @property
    def with_raw_response(self) -> RawLists:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawLists(self._as_raw())


class RawLists(_Resource):
    """lists, with whole answers."""

    dict = as_raw(Lists.dict)
    list = as_raw_page(Lists.list)
    str = as_raw(Lists.str)


class AsyncLists(AsyncResource):
    """Actions on lists."""

    dict = as_async(Lists.dict)
    list = as_async_pager(Lists.list)
    str = as_async(Lists.str)

    @property
    def with_raw_response(self) -> AsyncRawLists:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLists(self._as_raw())


class AsyncRawLists(AsyncResource):
    """lists, with whole answers."""

    dict = as_raw_async(AsyncLists.dict)
    list = as_raw_page(AsyncLists.list)
    str = as_raw_async(AsyncLists.str)
