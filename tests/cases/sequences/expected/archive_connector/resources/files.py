"""Actions on files."""

from __future__ import annotations

from ferrule_runtime.contract import (
    NoAuth,
    Operation,
    Step,
    Timeout,
    body,
    header,
    ref,
    template,
)
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shared import File

UPLOAD = Operation[File](
    "files.upload",
    "POST",
    template("/", ref("region"), "/uploads/", ref("let", "id"), "/complete"),
    at=body("file"),
    idempotency_key="Idempotency-Key",
    query={"name": template(ref("input", "name"))},
    before=(
        Step(
            Operation(
                "files.upload",
                "POST",
                "/uploads",
                body={
                    "name": template(ref("input", "name")),
                    "folder": template(ref("input", "folder")),
                },
                idempotency_key="Idempotency-Key",
            ),
            {
                "upload_url": body("upload", "url"),
                "id": body("id"),
                "part": header("X-Part"),
            },
        ),
        Step(
            Operation(
                "files.upload",
                "PUT",
                auth=NoAuth(),
                timeout=Timeout(read=600.0),
                url=template(ref("let", "upload_url")),
                headers={"X-Part": template(ref("let", "part", filters=(("upper",),)))},
                body=template(ref("input", "content")),
                send="bytes",
            )
        ),
    ),
)


class Files(Resource):
    """Actions on files."""

    def upload(
        self, *, name: str, content: FileInput, folder: str | Omit = omit
    ) -> File:
        """Upload a file. POST /uploads, PUT ${upload_url}, POST /${region}/uploads/${id}/complete.

        Args:
            name: What the file is called.
        """
        return self._run(
            UPLOAD, input={"name": name, "content": content, "folder": folder}
        )

    @property
    def with_raw_response(self) -> RawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawFiles(self._as_raw())


class RawFiles(Resource):
    """files, with whole answers."""

    upload = as_raw(Files.upload)


class AsyncFiles(AsyncResource):
    """Actions on files."""

    upload = as_async(Files.upload)

    @property
    def with_raw_response(self) -> AsyncRawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFiles(self._as_raw())


class AsyncRawFiles(AsyncResource):
    """files, with whole answers."""

    upload = as_raw_async(AsyncFiles.upload)
