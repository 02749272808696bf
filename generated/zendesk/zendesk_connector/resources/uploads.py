"""Actions on uploads."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.files import FileInput

from ..models.uploads import Upload

CREATE: Operation[Upload] = Operation(
    "uploads.create",
    "POST",
    "/uploads",
    returns=Upload,
    at=body("upload"),
    send="bytes",
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


class RawUploads:
    """uploads, with whole answers."""

    def __init__(self, raw: Uploads) -> None:
        self.create = as_raw(raw.create)


class AsyncUploads(AsyncResource):
    """Actions on uploads."""

    async def create(self, *, filename: str, body: FileInput) -> Upload:
        """Upload a file to attach later. POST /uploads."""
        return await self._run(CREATE, query={"filename": filename}, body=body)

    @property
    def with_raw_response(self) -> AsyncRawUploads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawUploads(self._as_raw())


class AsyncRawUploads:
    """uploads, with whole answers."""

    def __init__(self, raw: AsyncUploads) -> None:
        self.create = as_raw_async(raw.create)
