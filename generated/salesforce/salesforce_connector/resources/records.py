"""Actions on records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit

from ..models.records import Created

GET: Operation[dict[str, Any]] = Operation(
    "records.get",
    "GET",
    "/sobjects/{object}/{id}",
    returns=dict[str, Any],
    arrays="csv",
)
GET_BY: Operation[dict[str, Any]] = Operation(
    "records.get_by",
    "GET",
    "/sobjects/{object}/{field}/{value}",
    returns=dict[str, Any],
)
CREATE: Operation[Created] = Operation(
    "records.create", "POST", "/sobjects/{object}", returns=Created
)
UPDATE: Operation[None] = Operation(
    "records.update", "PATCH", "/sobjects/{object}/{id}"
)
DELETE: Operation[None] = Operation(
    "records.delete", "DELETE", "/sobjects/{object}/{id}"
)


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


class RawRecords:
    """records, with whole answers."""

    def __init__(self, raw: Records) -> None:
        self.get = as_raw(raw.get)
        self.get_by = as_raw(raw.get_by)
        self.create = as_raw(raw.create)
        self.update = as_raw(raw.update)
        self.delete = as_raw(raw.delete)


class AsyncRecords(AsyncResource):
    """Actions on records."""

    async def get(
        self, *, object_: str, id_: str, fields: Sequence[str] | Omit = omit
    ) -> dict[str, Any]:
        """Show a record. GET /sobjects/{object}/{id}."""
        return await self._run(GET, path=(object_, id_), query={"fields": fields})

    async def get_by(self, *, object_: str, field: str, value: str) -> dict[str, Any]:
        """Show the record with an external id; several are an error. GET /sobjects/{object}/{field}/{value}."""
        return await self._run(GET_BY, path=(object_, field, value))

    async def create(self, *, object_: str, body: Mapping[str, Any]) -> Created:
        """Create a record. POST /sobjects/{object}."""
        return await self._run(CREATE, path=(object_,), body=body)

    async def update(self, *, object_: str, id_: str, body: Mapping[str, Any]) -> None:
        """Change fields of a record. PATCH /sobjects/{object}/{id}."""
        return await self._run(UPDATE, path=(object_, id_), body=body)

    async def delete(self, *, object_: str, id_: str) -> None:
        """Delete a record. DELETE /sobjects/{object}/{id}."""
        return await self._run(DELETE, path=(object_, id_))

    @property
    def with_raw_response(self) -> AsyncRawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRecords(self._as_raw())


class AsyncRawRecords:
    """records, with whole answers."""

    def __init__(self, raw: AsyncRecords) -> None:
        self.get = as_raw_async(raw.get)
        self.get_by = as_raw_async(raw.get_by)
        self.create = as_raw_async(raw.create)
        self.update = as_raw_async(raw.update)
        self.delete = as_raw_async(raw.delete)
