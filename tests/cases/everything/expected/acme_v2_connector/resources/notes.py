"""Actions on notes."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation

PUT: Operation[str] = Operation(
    "notes.put", "PUT", "/notes/{id}", returns=str, media="text", send="text"
)


class Notes(Resource):
    """Actions on notes."""

    def put(self, *, id_: str, body: str) -> str:
        """PUT /notes/{id}."""
        return self._run(PUT, path=(id_,), body=body)

    @property
    def with_raw_response(self) -> RawNotes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawNotes(self._as_raw())


class RawNotes:
    """notes, with whole answers."""

    def __init__(self, raw: Notes) -> None:
        self.put = as_raw(raw.put)


class AsyncNotes(AsyncResource):
    """Actions on notes."""

    async def put(self, *, id_: str, body: str) -> str:
        """PUT /notes/{id}."""
        return await self._run(PUT, path=(id_,), body=body)

    @property
    def with_raw_response(self) -> AsyncRawNotes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawNotes(self._as_raw())


class AsyncRawNotes:
    """notes, with whole answers."""

    def __init__(self, raw: AsyncNotes) -> None:
        self.put = as_raw_async(raw.put)
