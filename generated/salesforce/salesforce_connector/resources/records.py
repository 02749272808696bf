"""Actions on records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.records import Created

GET = Operation[dict[str, Any]](
    "records.get", "GET", "/sobjects/{object}/{id}", arrays="csv"
)
GET_BY = Operation[dict[str, Any]](
    "records.get_by", "GET", "/sobjects/{object}/{field}/{value}"
)
CREATE = Operation[Created]("records.create", "POST", "/sobjects/{object}")
UPDATE = Operation[None]("records.update", "PATCH", "/sobjects/{object}/{id}")
DELETE = Operation[None]("records.delete", "DELETE", "/sobjects/{object}/{id}")


class Records(Resource):
    """Actions on records."""

    def get(
        self, *, object_: str, id_: str, fields: Sequence[str] | Omit = omit
    ) -> dict[str, Any]:
        """Show a record. GET /sobjects/{object}/{id}."""
        return self._run(GET, path=(object_, id_), query={"fields": fields})

    def get_by(self, *, object_: str, field: str, value: str) -> dict[str, Any]:
        """Show the record with an external id; several are an error. GET /sobjects/{object}/{field}/{value}."""
        return self._run(GET_BY, path=(object_, field, value))

    def create(self, *, object_: str, body: Mapping[str, Any]) -> Created:
        """Create a record. POST /sobjects/{object}."""
        return self._run(CREATE, path=(object_,), body=body)

    def update(self, *, object_: str, id_: str, body: Mapping[str, Any]) -> None:
        """Change fields of a record. PATCH /sobjects/{object}/{id}."""
        return self._run(UPDATE, path=(object_, id_), body=body)

    def delete(self, *, object_: str, id_: str) -> None:
        """Delete a record. DELETE /sobjects/{object}/{id}."""
        return self._run(DELETE, path=(object_, id_))

    @property
    def with_raw_response(self) -> RawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRecords(self._as_raw())


class RawRecords(Resource):
    """records, with whole answers."""

    get = as_raw(Records.get)
    get_by = as_raw(Records.get_by)
    create = as_raw(Records.create)
    update = as_raw(Records.update)
    delete = as_raw(Records.delete)


class AsyncRecords(AsyncResource):
    """Actions on records."""

    get = as_async(Records.get)
    get_by = as_async(Records.get_by)
    create = as_async(Records.create)
    update = as_async(Records.update)
    delete = as_async(Records.delete)

    @property
    def with_raw_response(self) -> AsyncRawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRecords(self._as_raw())


class AsyncRawRecords(AsyncResource):
    """records, with whole answers."""

    get = as_raw_async(AsyncRecords.get)
    get_by = as_raw_async(AsyncRecords.get_by)
    create = as_raw_async(AsyncRecords.create)
    update = as_raw_async(AsyncRecords.update)
    delete = as_raw_async(AsyncRecords.delete)
