"""Actions on str."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

GET = _Operation[str]("str.get", "GET", "/str/1")


class Str(_Resource):
    """Actions on str."""

    def get(self) -> str:
        """GET /str/1."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawStr:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawStr(self._as_raw())


class RawStr(_Resource):
    """str, with whole answers."""

    get = as_raw(Str.get)


class AsyncStr(AsyncResource):
    """Actions on str."""

    get = as_async(Str.get)

    @property
    def with_raw_response(self) -> AsyncRawStr:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawStr(self._as_raw())


class AsyncRawStr(AsyncResource):
    """str, with whole answers."""

    get = as_raw_async(AsyncStr.get)
