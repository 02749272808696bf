"""Actions on files."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.files import File

CREATE = Operation[File](
    "files.create",
    "POST",
    "/files",
    host="files",
    formats={"body.file": "file"},
    send="multipart",
    idempotency_key="Idempotency-Key",
)


class Files(Resource):
    """Actions on files."""

    def create(
        self,
        *,
        file: FileInput,
        purpose: (
            Literal["dispute_evidence", "identity_document", "business_logo"] | str
        ),
        idempotency_key: str | Omit = omit,
    ) -> File:
        """Upload a file. POST /files."""
        return self._run(
            CREATE,
            headers={"Idempotency-Key": idempotency_key},
            body={"file": file, "purpose": purpose},
        )

    @property
    def with_raw_response(self) -> RawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawFiles(self._as_raw())


class RawFiles(Resource):
    """files, with whole answers."""

    create = as_raw(Files.create)


class AsyncFiles(AsyncResource):
    """Actions on files."""

    create = as_async(Files.create)

    @property
    def with_raw_response(self) -> AsyncRawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFiles(self._as_raw())


class AsyncRawFiles(AsyncResource):
    """files, with whole answers."""

    create = as_raw_async(AsyncFiles.create)
