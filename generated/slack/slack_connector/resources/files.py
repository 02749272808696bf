"""Actions on files."""

from __future__ import annotations

from ferrule_runtime.contract import (
    Errors,
    NoAuth,
    Operation,
    Outcome,
    Rule,
    Step,
    all_of,
    body,
    equal,
    ref,
    starts,
    status,
    template,
    text,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.files import Upload

UPLOAD = Operation[list[Upload]](
    "files.upload",
    "POST",
    "/files.completeUploadExternal",
    at=body("files"),
    errors=Errors(
        rules=(
            Rule(
                all_of(equal(status(), 200), starts(text(), "OK")), Outcome("success")
            ),
        )
    ),
    body={
        "files": [
            {
                "id": template(ref("let", "file_id")),
                "title": template(ref("input", "title")),
            }
        ],
        "channel_id": template(ref("input", "channel")),
    },
    before=(
        Step(
            Operation(
                "files.upload",
                "GET",
                "/files.getUploadURLExternal",
                errors=Errors(
                    rules=(
                        Rule(
                            all_of(equal(status(), 200), starts(text(), "OK")),
                            Outcome("success"),
                        ),
                    )
                ),
                query={
                    "filename": template(ref("input", "filename")),
                    "length": template(ref("input", "length")),
                },
            ),
            {"upload_url": body("upload_url"), "file_id": body("file_id")},
        ),
        Step(
            Operation(
                "files.upload",
                "POST",
                auth=NoAuth(),
                errors=Errors(
                    rules=(
                        Rule(
                            all_of(equal(status(), 200), starts(text(), "OK")),
                            Outcome("success"),
                        ),
                    )
                ),
                url=template(ref("let", "upload_url")),
                body=template(ref("input", "content")),
                send="bytes",
            )
        ),
    ),
)


class Files(Resource):
    """Actions on files."""

    def upload(
        self,
        *,
        filename: str,
        content: bytes,
        length: int,
        channel: str | Omit = omit,
        title: str | Omit = omit,
    ) -> list[Upload]:
        """Share a file. GET /files.getUploadURLExternal, POST ${upload_url}, POST /files.completeUploadExternal.

        The address of the upload is on another host, which gets the bytes and no credential.

        Args:
            length: How many bytes the file has.
            channel: Where to share it.
        """
        return self._run(
            UPLOAD,
            input={
                "filename": filename,
                "content": content,
                "length": length,
                "channel": channel,
                "title": title,
            },
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
