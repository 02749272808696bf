"""Actions on aux."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.aux_ import Aux

GET = _Operation[Aux]("aux.get", "GET", "/aux")


class AuxResource(_Resource):
    """Actions on aux."""

    def get(self) -> Aux:
        """GET /aux."""
        return self._run(GET)

    @property
    def with_raw_response(self) -> RawAuxResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAuxResource(self._as_raw())


class RawAuxResource(_Resource):
    """aux, with whole answers."""

    get = as_raw(AuxResource.get)


class AsyncAuxResource(AsyncResource):
    """Actions on aux."""

    get = as_async(AuxResource.get)

    @property
    def with_raw_response(self) -> AsyncRawAuxResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAuxResource(self._as_raw())


class AsyncRawAuxResource(AsyncResource):
    """aux, with whole answers."""

    get = as_raw_async(AsyncAuxResource.get)
