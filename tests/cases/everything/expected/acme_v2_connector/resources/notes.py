"""Actions on notes."""

from __future__ import annotations

from ferrule_runtime.contract import Operation
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

PUT = Operation[str]("notes.put", "PUT", "/notes/{id}", media="text", send="text")


class Notes(Resource):
    """Actions on notes."""

    def put(self, *, id_: str, body: str) -> str:
        """PUT /notes/{id}."""
        return self._run(PUT, path=(id_,), body=body)

    @property
    def with_raw_response(self) -> RawNotes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawNotes(self._as_raw())


class RawNotes(Resource):
    """notes, with whole answers."""

    put = as_raw(Notes.put)


class AsyncNotes(AsyncResource):
    """Actions on notes."""

    put = as_async(Notes.put)

    @property
    def with_raw_response(self) -> AsyncRawNotes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawNotes(self._as_raw())


class AsyncRawNotes(AsyncResource):
    """notes, with whole answers."""

    put = as_raw_async(AsyncNotes.put)
