"""Actions on files."""

from __future__ import annotations

from typing import Literal, overload

from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download
from ferrule_runtime.twins import (
    as_async,
    as_async_download,
    as_raw,
    as_raw_async,
    as_raw_async_bound,
    as_raw_bound,
)

from ..models.files import File, FilesSendJsonInput, FilesSendMultipartInput

UPLOAD = Operation[File](
    "files.upload",
    "POST",
    "/files",
    host="files",
    formats={"body.file": "file"},
    send="multipart",
    parts={"file": "image/png"},
    idempotency_key="Idempotency-Key",
)
PUT = Operation[None](
    "files.put", "PUT", "/files/{path}", host="files", slashes=("path",), send="bytes"
)
DOWNLOAD = Operation[bytes](
    "files.download",
    "GET",
    "/files/{path}",
    stream="bytes",
    host="files",
    slashes=("path",),
    optional=("path",),
)
LINK = Operation[str](
    "files.link", "GET", "/files/{path}/link", redirect=True, slashes=("path",)
)
SEND = Operation[File](
    "files.send",
    "POST",
    "/files/send",
    formats={"body.file": "file"},
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


class RawFiles(Resource):
    """files, with whole answers."""

    upload = as_raw(Files.upload)
    put = as_raw(Files.put)
    download = as_raw(Files.download)
    link = as_raw(Files.link)

    def __init__(self, client: SyncClient) -> None:
        super().__init__(client)
        self.send = as_raw_bound(Files(client).send)


class AsyncFiles(AsyncResource):
    """Actions on files."""

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

    upload = as_async(Files.upload)
    put = as_async(Files.put)
    download = as_async_download(Files.download)
    link = as_async(Files.link)

    @property
    def with_raw_response(self) -> AsyncRawFiles:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFiles(self._as_raw())


class AsyncRawFiles(AsyncResource):
    """files, with whole answers."""

    upload = as_raw_async(AsyncFiles.upload)
    put = as_raw_async(AsyncFiles.put)
    download = as_raw_async(AsyncFiles.download)
    link = as_raw_async(AsyncFiles.link)

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)
        self.send = as_raw_async_bound(AsyncFiles(client).send)
