"""Actions on files."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit

from ..models.files import File

CREATE: Operation[File] = Operation(
    "files.create",
    "POST",
    "/files",
    returns=File,
    host="files",
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


class RawFiles:
    """files, with whole answers."""

    def __init__(self, raw: Files) -> None:
        self.create = as_raw(raw.create)


class AsyncFiles(AsyncResource):
    """Actions on files."""

    async def create(
        self,
        *,
        file: FileInput,
        purpose: (
            Literal["dispute_evidence", "identity_document", "business_logo"] | str
        ),
        idempotency_key: str | Omit = omit,
    ) -> File:
        """Upload a file. POST /files."""
        return await self._run(
            CREATE,
            headers={"Idempotency-Key": idempotency_key},
            body={"file": file, "purpose": purpose},
        )

    @property
    def with_raw_response(self) -> AsyncRawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFiles(self._as_raw())


class AsyncRawFiles:
    """files, with whole answers."""

    def __init__(self, raw: AsyncFiles) -> None:
        self.create = as_raw_async(raw.create)
