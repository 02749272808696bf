"""Actions on echo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit

from ..models.shared import Echo

GET: Operation[Echo] = Operation("echo.get", "GET", "/get", returns=Echo)
POST: Operation[Echo] = Operation("echo.post", "POST", "/post", returns=Echo)
FORM: Operation[Echo] = Operation(
    "echo.form", "POST", "/post", returns=Echo, send="form"
)
UPLOAD: Operation[Echo] = Operation(
    "echo.upload", "POST", "/post", returns=Echo, send="multipart"
)
TEXT: Operation[Echo] = Operation("echo.text", "PUT", "/put", returns=Echo, send="text")


class EchoResource(Resource):
    """Actions on echo."""

    def get(self, *, extra_query: Mapping[str, Any] | Omit = omit) -> Echo:
        """Send a query and see it come back. GET /get.

        Args:
            extra_query: Further fields, by their names on the wire.
        """
        return self._run(GET, query={**(extra_query or {})})

    def post(self, *, body: Mapping[str, Any]) -> Echo:
        """Send a JSON body and see it come back. POST /post."""
        return self._run(POST, body=body)

    def form(self, *, body: Mapping[str, Any]) -> Echo:
        """Send a form and see it come back. POST /post."""
        return self._run(FORM, body=body)

    def upload(self, *, file: FileInput, note: str | Omit = omit) -> Echo:
        """Send a file and some fields and see them come back. POST /post."""
        return self._run(UPLOAD, body={"file": file, "note": note})

    def text(self, *, body: str) -> Echo:
        """Send text and see it come back. PUT /put."""
        return self._run(TEXT, body=body)

    @property
    def with_raw_response(self) -> RawEchoResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawEchoResource(self._as_raw())


class RawEchoResource:
    """echo, with whole answers."""

    def __init__(self, raw: EchoResource) -> None:
        self.get = as_raw(raw.get)
        self.post = as_raw(raw.post)
        self.form = as_raw(raw.form)
        self.upload = as_raw(raw.upload)
        self.text = as_raw(raw.text)


class AsyncEchoResource(AsyncResource):
    """Actions on echo."""

    async def get(self, *, extra_query: Mapping[str, Any] | Omit = omit) -> Echo:
        """Send a query and see it come back. GET /get.

        Args:
            extra_query: Further fields, by their names on the wire.
        """
        return await self._run(GET, query={**(extra_query or {})})

    async def post(self, *, body: Mapping[str, Any]) -> Echo:
        """Send a JSON body and see it come back. POST /post."""
        return await self._run(POST, body=body)

    async def form(self, *, body: Mapping[str, Any]) -> Echo:
        """Send a form and see it come back. POST /post."""
        return await self._run(FORM, body=body)

    async def upload(self, *, file: FileInput, note: str | Omit = omit) -> Echo:
        """Send a file and some fields and see them come back. POST /post."""
        return await self._run(UPLOAD, body={"file": file, "note": note})

    async def text(self, *, body: str) -> Echo:
        """Send text and see it come back. PUT /put."""
        return await self._run(TEXT, body=body)

    @property
    def with_raw_response(self) -> AsyncRawEchoResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawEchoResource(self._as_raw())


class AsyncRawEchoResource:
    """echo, with whole answers."""

    def __init__(self, raw: AsyncEchoResource) -> None:
        self.get = as_raw_async(raw.get)
        self.post = as_raw_async(raw.post)
        self.form = as_raw_async(raw.form)
        self.upload = as_raw_async(raw.upload)
        self.text = as_raw_async(raw.text)
