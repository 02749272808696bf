"""Actions on echo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.files import FileInput
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.shared import Echo

GET = Operation[Echo]("echo.get", "GET", "/get")
POST = Operation[Echo]("echo.post", "POST", "/post")
FORM = Operation[Echo]("echo.form", "POST", "/post", send="form")
UPLOAD = Operation[Echo](
    "echo.upload", "POST", "/post", formats={"body.file": "file"}, send="multipart"
)
TEXT = Operation[Echo]("echo.text", "PUT", "/put", send="text")


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


class RawEchoResource(Resource):
    """echo, with whole answers."""

    get = as_raw(EchoResource.get)
    post = as_raw(EchoResource.post)
    form = as_raw(EchoResource.form)
    upload = as_raw(EchoResource.upload)
    text = as_raw(EchoResource.text)


class AsyncEchoResource(AsyncResource):
    """Actions on echo."""

    get = as_async(EchoResource.get)
    post = as_async(EchoResource.post)
    form = as_async(EchoResource.form)
    upload = as_async(EchoResource.upload)
    text = as_async(EchoResource.text)

    @property
    def with_raw_response(self) -> AsyncRawEchoResource:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawEchoResource(self._as_raw())


class AsyncRawEchoResource(AsyncResource):
    """echo, with whole answers."""

    get = as_raw_async(AsyncEchoResource.get)
    post = as_raw_async(AsyncEchoResource.post)
    form = as_raw_async(AsyncEchoResource.form)
    upload = as_raw_async(AsyncEchoResource.upload)
    text = as_raw_async(AsyncEchoResource.text)
