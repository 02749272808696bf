"""Actions on formats."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.streams import AsyncDownload, AsyncStream, Download, Stream

from ..models.formats import Slideshow
from ..models.shared import Echo

JSON: Operation[Slideshow] = Operation(
    "formats.json", "GET", "/json", returns=Slideshow, at=body("slideshow")
)
GZIP: Operation[dict[str, Any]] = Operation(
    "formats.gzip", "GET", "/gzip", returns=dict[str, Any]
)
DEFLATE: Operation[dict[str, Any]] = Operation(
    "formats.deflate", "GET", "/deflate", returns=dict[str, Any]
)
HTML: Operation[str] = Operation(
    "formats.html", "GET", "/html", returns=str, media="text"
)
LINES: Operation[Echo] = Operation(
    "formats.lines", "GET", "/stream/{count}", returns=Echo, stream="lines"
)
BYTES: Operation[bytes] = Operation(
    "formats.bytes", "GET", "/bytes/{count}", returns=bytes, stream="bytes"
)


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


class RawFormats:
    """formats, with whole answers."""

    def __init__(self, raw: Formats) -> None:
        self.json = as_raw(raw.json)
        self.gzip = as_raw(raw.gzip)
        self.deflate = as_raw(raw.deflate)
        self.html = as_raw(raw.html)
        self.lines = as_raw(raw.lines)
        self.bytes = as_raw(raw.bytes)


class AsyncFormats(AsyncResource):
    """Actions on formats."""

    async def json(self) -> Slideshow:
        """A JSON document. GET /json."""
        return await self._run(JSON)

    async def gzip(self) -> dict[str, Any]:
        """A compressed JSON document. GET /gzip."""
        return await self._run(GZIP)

    async def deflate(self) -> dict[str, Any]:
        """A deflated JSON document. GET /deflate."""
        return await self._run(DEFLATE)

    async def html(self) -> str:
        """A page. GET /html."""
        return await self._run(HTML)

    async def lines(self, *, count: int) -> AsyncStream[Echo]:
        """JSON documents, one a line. GET /stream/{count}."""
        return await self._lines(LINES, path=(count,))

    async def bytes(self, *, count: int, seed: int | Omit = omit) -> AsyncDownload:
        """Random bytes. GET /bytes/{count}."""
        return await self._download(BYTES, path=(count,), query={"seed": seed})

    @property
    def with_raw_response(self) -> AsyncRawFormats:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawFormats(self._as_raw())


class AsyncRawFormats:
    """formats, with whole answers."""

    def __init__(self, raw: AsyncFormats) -> None:
        self.json = as_raw_async(raw.json)
        self.gzip = as_raw_async(raw.gzip)
        self.deflate = as_raw_async(raw.deflate)
        self.html = as_raw_async(raw.html)
        self.lines = as_raw_async(raw.lines)
        self.bytes = as_raw_async(raw.bytes)
