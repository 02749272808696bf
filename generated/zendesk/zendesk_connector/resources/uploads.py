"""Actions on uploads."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.files import FileInput
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.uploads import Upload

CREATE = Operation[Upload](
    "uploads.create", "POST", "/uploads", at=body("upload"), send="bytes"
)


class Uploads(Resource):
    """Actions on uploads."""

    def create(self, *, filename: str, body: FileInput) -> Upload:
        """Upload a file to attach later. POST /uploads."""
        return self._run(CREATE, query={"filename": filename}, body=body)

    @property
    def with_raw_response(self) -> RawUploads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawUploads(self._as_raw())


class RawUploads(Resource):
    """uploads, with whole answers."""

    create = as_raw(Uploads.create)


class AsyncUploads(AsyncResource):
    """Actions on uploads."""

    create = as_async(Uploads.create)

    @property
    def with_raw_response(self) -> AsyncRawUploads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUploads(self._as_raw())


class AsyncRawUploads(AsyncResource):
    """uploads, with whole answers."""

    create = as_raw_async(AsyncUploads.create)
