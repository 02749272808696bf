"""Actions on files."""

from __future__ import annotations

from typing import Literal, overload

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.streams import AsyncDownload, Download

from ..models.files import File, FilesSendJsonInput, FilesSendMultipartInput

UPLOAD: Operation[File] = Operation(
    "files.upload",
    "POST",
    "/files",
    returns=File,
    host="files",
    send="multipart",
    parts={"file": "image/png"},
    idempotency_key="Idempotency-Key",
)
PUT: Operation[None] = Operation(
    "files.put", "PUT", "/files/{path}", host="files", slashes=("path",), send="bytes"
)
DOWNLOAD: Operation[bytes] = Operation(
    "files.download",
    "GET",
    "/files/{path}",
    returns=bytes,
    stream="bytes",
    host="files",
    slashes=("path",),
    optional=("path",),
)
LINK: Operation[str] = Operation(
    "files.link",
    "GET",
    "/files/{path}/link",
    returns=str,
    redirect=True,
    slashes=("path",),
)
SEND: Operation[File] = Operation(
    "files.send",
    "POST",
    "/files/send",
    returns=File,
    send="json",
    idempotency_key="Idempotency-Key",
)


class Files(Resource):
    """Actions on files."""

    def upload(
        self,
        *,
        file: FileInput,
        title: str | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> File:
        """POST /files."""
        return self._run(
            UPLOAD,
            headers={"Idempotency-Key": idempotency_key},
            body={"file": file, "title": title},
        )

    def put(self, *, path: str, body: FileInput) -> None:
        """PUT /files/{path}."""
        return self._run(PUT, path=(path,), body=body)

    def download(self, *, path: str | Omit = omit) -> Download:
        """GET /files/{path}."""
        return self._download(DOWNLOAD, path=(path,))

    def link(self, *, path: str) -> str:
        """GET /files/{path}/link."""
        return self._run(LINK, path=(path,))

    @overload
    def send(
        self,
        *,
        body: FilesSendJsonInput,
        send: Literal["json"] = "json",
        idempotency_key: str | Omit = omit,
    ) -> File: ...
    @overload
    def send(
        self,
        *,
        body: FilesSendMultipartInput,
        send: Literal["multipart"],
        idempotency_key: str | Omit = omit,
    ) -> File: ...
    def send(
        self,
        *,
        body: FilesSendJsonInput | FilesSendMultipartInput,
        send: Literal["json", "multipart"] = "json",
        idempotency_key: str | Omit = omit,
    ) -> File:
        """POST /files/send."""
        return self._run(
            SEND, headers={"Idempotency-Key": idempotency_key}, body=body, send=send
        )

    @property
    def with_raw_response(self) -> RawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawFiles(self._as_raw())


class RawFiles:
    """files, with whole answers."""

    def __init__(self, raw: Files) -> None:
        self.upload = as_raw(raw.upload)
        self.put = as_raw(raw.put)
        self.download = as_raw(raw.download)
        self.link = as_raw(raw.link)
        self.send = as_raw(raw.send)


class AsyncFiles(AsyncResource):
    """Actions on files."""

    async def upload(
        self,
        *,
        file: FileInput,
        title: str | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> File:
        """POST /files."""
        return await self._run(
            UPLOAD,
            headers={"Idempotency-Key": idempotency_key},
            body={"file": file, "title": title},
        )

    async def put(self, *, path: str, body: FileInput) -> None:
        """PUT /files/{path}."""
        return await self._run(PUT, path=(path,), body=body)

    async def download(self, *, path: str | Omit = omit) -> AsyncDownload:
        """GET /files/{path}."""
        return await self._download(DOWNLOAD, path=(path,))

    async def link(self, *, path: str) -> str:
        """GET /files/{path}/link."""
        return await self._run(LINK, path=(path,))

    @overload
    async def send(
        self,
        *,
        body: FilesSendJsonInput,
        send: Literal["json"] = "json",
        idempotency_key: str | Omit = omit,
    ) -> File: ...
    @overload
    async def send(
        self,
        *,
        body: FilesSendMultipartInput,
        send: Literal["multipart"],
        idempotency_key: str | Omit = omit,
    ) -> File: ...
    async def send(
        self,
        *,
        body: FilesSendJsonInput | FilesSendMultipartInput,
        send: Literal["json", "multipart"] = "json",
        idempotency_key: str | Omit = omit,
    ) -> File:
        """POST /files/send."""
        return await self._run(
            SEND, headers={"Idempotency-Key": idempotency_key}, body=body, send=send
        )

    @property
    def with_raw_response(self) -> AsyncRawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFiles(self._as_raw())


class AsyncRawFiles:
    """files, with whole answers."""

    def __init__(self, raw: AsyncFiles) -> None:
        self.upload = as_raw_async(raw.upload)
        self.put = as_raw_async(raw.put)
        self.download = as_raw_async(raw.download)
        self.link = as_raw_async(raw.link)
        self.send = as_raw_async(raw.send)
