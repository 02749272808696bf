"""Actions on formats."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download, Stream
from ferrule_runtime.twins import (
    as_async,
    as_async_download,
    as_async_stream,
    as_raw,
    as_raw_async,
)

from ..models.formats import Slideshow
from ..models.shared import Echo

JSON = Operation[Slideshow]("formats.json", "GET", "/json", at=body("slideshow"))
GZIP = Operation[dict[str, Any]]("formats.gzip", "GET", "/gzip")
DEFLATE = Operation[dict[str, Any]]("formats.deflate", "GET", "/deflate")
HTML = Operation[str]("formats.html", "GET", "/html", media="text")
LINES = Operation[Echo]("formats.lines", "GET", "/stream/{count}", stream="lines")
BYTES = Operation[bytes]("formats.bytes", "GET", "/bytes/{count}", stream="bytes")


class Formats(Resource):
    """Actions on formats."""

    def json(self) -> Slideshow:
        """A JSON document. GET /json."""
        return self._run(JSON)

    def gzip(self) -> dict[str, Any]:
        """A compressed JSON document. GET /gzip."""
        return self._run(GZIP)

    def deflate(self) -> dict[str, Any]:
        """A deflated JSON document. GET /deflate."""
        return self._run(DEFLATE)

    def html(self) -> str:
        """A page. GET /html."""
        return self._run(HTML)

    def lines(self, *, count: int) -> Stream[Echo]:
        """JSON documents, one a line. GET /stream/{count}."""
        return self._lines(LINES, path=(count,))

    def bytes(self, *, count: int, seed: int | Omit = omit) -> Download:
        """Random bytes. GET /bytes/{count}."""
        return self._download(BYTES, path=(count,), query={"seed": seed})

    @property
    def with_raw_response(self) -> RawFormats:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawFormats(self._as_raw())


class RawFormats(Resource):
    """formats, with whole answers."""

    json = as_raw(Formats.json)
    gzip = as_raw(Formats.gzip)
    deflate = as_raw(Formats.deflate)
    html = as_raw(Formats.html)
    lines = as_raw(Formats.lines)
    bytes = as_raw(Formats.bytes)


class AsyncFormats(AsyncResource):
    """Actions on formats."""

    json = as_async(Formats.json)
    gzip = as_async(Formats.gzip)
    deflate = as_async(Formats.deflate)
    html = as_async(Formats.html)
    lines = as_async_stream(Formats.lines)
    bytes = as_async_download(Formats.bytes)

    @property
    def with_raw_response(self) -> AsyncRawFormats:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFormats(self._as_raw())


class AsyncRawFormats(AsyncResource):
    """formats, with whole answers."""

    json = as_raw_async(AsyncFormats.json)
    gzip = as_raw_async(AsyncFormats.gzip)
    deflate = as_raw_async(AsyncFormats.deflate)
    html = as_raw_async(AsyncFormats.html)
    lines = as_raw_async(AsyncFormats.lines)
    bytes = as_raw_async(AsyncFormats.bytes)
