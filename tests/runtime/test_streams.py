"""Bodies that arrive in parts: downloads, lines, events and rows, cut anywhere."""

import asyncio
import csv
import io
import json
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime import feeds
from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.errors import ConnectionFailed, InvalidResponse
from ferrule_runtime.feeds import Event
from ferrule_runtime.models import Model, StrictInt
from ferrule_runtime.stream_items import feed_of
from ferrule_runtime.streams import AsyncDownload, AsyncStream, Download, Resume, Stream
from ferrule_runtime.wire import Reply


class Row(Model):
    id: StrictInt
    name: str | None = None
    size: StrictInt | None = None


def fail(fault: AnswerFault) -> Exception:
    return InvalidResponse(str(fault))


class Wire:
    """A reply whose body comes in parts, and that knows whether it was closed."""

    def __init__(self, *parts: bytes, headers: dict[str, str] | None = None, breaks: bool = False):
        self.closed = 0
        self._parts = parts
        self._breaks = breaks
        lines = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        self.reply = Reply(200, lines, stream=self._stream(), close=self._close)
        self.async_reply = Reply(200, lines, stream=self._async_stream(), close=self._aclose)

    def _stream(self) -> Iterator[bytes]:
        yield from self._parts
        if self._breaks:
            raise ConnectionFailed("cut off")

    async def _async_stream(self) -> AsyncIterator[bytes]:
        for part in self._stream():
            await asyncio.sleep(0)
            yield part

    def _close(self) -> None:
        self.closed += 1

    async def _aclose(self) -> None:
        self.closed += 1


def cut(content: bytes, places: list[int]) -> list[bytes]:
    """The content in parts, cut at these places."""
    edges = sorted({0, len(content), *(place % (len(content) + 1) for place in places)})
    return [content[start:end] for start, end in pairwise(edges)]


def items(kind: str, item_type: Any, *parts: bytes, content_type: str = "") -> list[Any]:
    headers = {"Content-Type": content_type} if content_type else None
    wire = Wire(*parts, headers=headers)
    met = list(Stream[Any](wire.reply, fail, kind, item_type))
    assert wire.closed
    return met


def test_a_download_is_read_iterated_or_saved(tmp_path: Path) -> None:
    wire = Wire(b"ab", b"c", headers={"Content-Length": "3", "Content-Type": "Image/PNG; x=1"})
    with Download(wire.reply, fail) as download:
        assert (download.length, download.media_type, download.status_code) == (3, "image/png", 200)
        assert download.header("CONTENT-LENGTH") == "3"
        assert download.read() == b"abc"
        with pytest.raises(RuntimeError, match="read already"):
            download.read()
    assert wire.closed
    assert list(Download(Wire(b"ab", b"c").reply, fail)) == [b"ab", b"c"]
    target = tmp_path / "f.bin"
    target.write_bytes(b"old")
    told: list[tuple[int, int | None]] = []
    wire = Wire(b"ab", b"c", headers={"Content-Length": "3"})
    size = Download(wire.reply, fail).save(
        target, max_bytes=3, progress=lambda received, length: told.append((received, length))
    )
    assert (size, target.read_bytes(), told) == (3, b"abc", [(2, 3), (3, 3)])
    assert [path.name for path in tmp_path.iterdir()] == ["f.bin"]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(target.stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("headers", [{"Content-Length": "3", "Content-Encoding": "gzip"}, {},
                                     {"Content-Length": "x"}])  # fmt: skip
def test_a_length_that_tells_nothing_is_none(headers: dict[str, str]) -> None:
    with Download(Wire(headers=headers).reply, fail) as download:
        assert download.length is None


def test_what_fails_on_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "f.bin"
    target.write_bytes(b"old")
    wires = [Wire(b"ab", breaks=True), Wire(b"abcdef"), Wire(b"ab", b"cd")]
    with pytest.raises(ConnectionFailed):
        Download(wires[0].reply, fail).save(target)
    with pytest.raises(InvalidResponse, match="larger than 5 bytes"):
        Download(wires[1].reply, fail).save(target, max_bytes=5)

    def stop(received: int, length: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Download(wires[2].reply, fail).save(target, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["f.bin"]
    assert target.read_bytes() == b"old"
    assert all(wire.closed for wire in wires)
    with pytest.raises(OSError, match=r"(?i)no such file"):
        Download(Wire(b"x").reply, fail).save(tmp_path / "no" / "f")
    with pytest.raises(InvalidResponse, match="larger than 1 bytes"):
        Download(Wire(b"abc").reply, fail).read(max_bytes=1)


def test_a_download_without_a_stream_gives_its_content() -> None:
    assert Download(Reply(200, [], b"abc"), fail).read() == b"abc"
    assert list(Download(Reply(200, []), fail)) == []


def test_leaving_early_gives_the_connection_back() -> None:
    wire = Wire(b"ab", b"c")
    with Download(wire.reply, fail) as download:
        assert next(iter(download)) == b"ab"
    assert wire.closed
    wire = Wire(b'{"id":1}\n', b'{"id":2}\n')
    with Stream[Row](wire.reply, fail, "lines", Row) as stream:
        assert next(iter(stream)).id == 1
    assert wire.closed
    assert repr(stream) == "Stream(status_code=200)"


def test_async_downloads(tmp_path: Path) -> None:
    async def run() -> None:
        wire = Wire(b"ab", b"c")
        async with AsyncDownload(wire.async_reply, fail) as download:
            assert await download.read() == b"abc"
        assert wire.closed
        parts = [part async for part in AsyncDownload(Wire(b"ab", b"c").async_reply, fail)]
        assert parts == [b"ab", b"c"]
        target = tmp_path / "f.bin"
        told: list[int] = []
        big = Wire(*[b"x" * 100_000] * 25)
        size = await AsyncDownload(big.async_reply, fail).save(
            target, progress=lambda received, _: told.append(received)
        )
        assert (size, len(told)) == (2_500_000, 25)
        for bad in (Wire(b"ab", breaks=True), Wire(b"abcdef")):
            with pytest.raises((ConnectionFailed, InvalidResponse)):
                await AsyncDownload(bad.async_reply, fail).save(target, max_bytes=5)
            assert bad.closed
        with pytest.raises(InvalidResponse):
            await AsyncDownload(Wire(b"abc").async_reply, fail).read(max_bytes=1)

    asyncio.run(run())
    assert [path.name for path in tmp_path.iterdir()] == ["f.bin"]
    assert (tmp_path / "f.bin").stat().st_size == 2_500_000


def test_lines() -> None:
    content = b'\xef\xbb\xbf{"id":1}\r\n\n  \n{"id":2,"more":"\xc3\xa9"}'
    rows = items("lines", Row, content)
    assert [row.id for row in rows] == [1, 2]
    assert rows[1].model_extra == {"more": "é"}
    assert items("lines", dict[str, Any], b'{"a":[1]}\n') == [{"a": [1]}]
    assert items("lines", str, b"a\nb") == ["a", "b"]
    assert items("lines", Row) == []


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        ("lines", b'{"id":1}\n\n{"id":"s3cr3t"}\n', r"line 3: \$\.id should be a valid integer"),
        ("lines", b'{"id":1}\n{"id":', r"line 2: \$ is not JSON"),
        ("events", b'event: tick\ndata: {"id":"s3cr3t"}\n\n', r"event 'tick': \$\.id should be"),
        ("csv", b"id,name\n1,a\nx,s3cr3t\n", r"row 3: id should be a valid integer"),
        ("csv", b"id,name\n1,a,s3cr3t\n", "row 2 has more than 2 cells"),
        ("csv", b'id,name\n1,"a\n', "row 2 ends inside a quoted cell"),
        ("csv", b'id,name\n1,"a"b"c"\n', "row 2 is not CSV"),
    ],
)
def test_items_that_are_not_what_was_declared(kind: str, content: bytes, message: str) -> None:
    with pytest.raises(InvalidResponse, match=message) as caught:
        items(kind, Row, content)
    assert "s3cr3t" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", ["lines", "events", "csv"])
def test_no_line_fills_the_memory(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST_LINE_BYTES", 100)
    with pytest.raises(InvalidResponse, match="longer than 100"):
        items(kind, str, *[b"x" * 30] * 10)


def test_no_event_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST_LINE_BYTES", 100)
    with pytest.raises(InvalidResponse, match="an event is longer"):
        items("events", str, *[b"data: " + b"x" * 30 + b"\n"] * 10)
    with pytest.raises(InvalidResponse, match="an event is longer"):
        items("events", str, *[b"data:\n"] * 200)
    with pytest.raises(InvalidResponse, match="a row is longer"):
        items("csv", dict[str, str], b'a\n"', *[b"x" * 30 + b"\n"] * 10)
    with pytest.raises(InvalidResponse, match="a row is longer"):
        items("csv", dict[str, str], b'a\n"', b"\n" * 200)


def test_what_goes_on_for_many_lines_takes_no_longer_than_they_are() -> None:
    """Each line is looked at once: looking at all before it again would take minutes here."""
    lines = b"a,b\n" * 60_000
    with pytest.raises(InvalidResponse, match="row 2 ends inside a quoted cell"):
        items("csv", list[str], b'a,b\n"', lines)
    assert items("csv", list[str], b'"', lines, b'"') == [[lines.decode()]]
    assert items("events", str, b"data:a\n" * 60_000, b"\n") == ["\n".join("a" * 60_000)]


SSE: list[tuple[bytes, list[tuple[str, str, str]]]] = [
    (b"data: x\n\n", [("message", "x", "")]),
    (b"data:x\r\rdata:  y\r\r", [("message", "x", ""), ("message", " y", "")]),
    (b"event: tick\r\ndata: a\r\ndata: b\r\n\r\n", [("tick", "a\nb", "")]),
    (b"\xef\xbb\xbfdata: x\n\n", [("message", "x", "")]),
    (b"id: 7\ndata: x\n\ndata: y\n\n", [("message", "x", "7"), ("message", "y", "7")]),
    (b"id: 7\ndata: x\n\nid\ndata: y\n\n", [("message", "x", "7"), ("message", "y", "")]),
    (b"id: a\x00b\ndata: x\n\n", [("message", "x", "")]),
    (b": comment\n\ndata: x\n\n", [("message", "x", "")]),
    (b"event: tick\n\ndata: x\n\n", [("message", "x", "")]),
    (b"data\n\ndata\ndata\n\n", [("message", "", ""), ("message", "\n", "")]),
    (b"data: x", []),
    (b"data: x\n", []),
    (b"data: a:b\nunknown: x\n\n", [("message", "a:b", "")]),
    (b"\n\n\r\n\n", []),
    (b"", []),
    (b"data: \xff\n\n", [("message", "\ufffd", "")]),
]


@pytest.mark.parametrize(("content", "expected"), SSE)
def test_events_by_the_standard_cut_anywhere(
    content: bytes, expected: list[tuple[str, str, str]]
) -> None:
    for parts in (
        [content],
        [content[place : place + 1] for place in range(len(content))],
        [part for byte in range(len(content)) for part in (content[byte : byte + 1], b"")],
    ):
        met = items("events", Event, *parts)
        assert [(event.event, event.data, event.id) for event in met] == expected


def test_events_tell_when_to_come_back_and_give_typed_data() -> None:
    met = items("events", Event, b"retry: 3000\ndata: x\n\nretry: soon\ndata: y\n\n")
    assert [event.retry_ms for event in met] == [3000, 3000]
    assert items("events", str, b"data: x\n\n") == ["x"]
    assert items("events", Row, b'data: {"id":1}\n\ndata: [DONE]\n\ndata: {\n\n') == [Row(id=1)]
    assert items("events", str, b"data: [DONE]\n\n") == ["[DONE]"]


def reference_events(text: str) -> list[tuple[str, str, str]]:
    """The standard's algorithm, written the long way over the whole text."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")[:-1]
    found, data, kind, last_id = [], "", "", ""
    for line in lines:
        if not line:
            if data:
                found.append((kind or "message", data[:-1], last_id))
            data, kind = "", ""
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                data += value + "\n"
            elif name == "event":
                kind = value
            elif name == "id" and "\0" not in value:
                last_id = value
    return found


_SSE_PIECES = st.sampled_from(["data", "event", "id", ":", " ", "\n", "\r", "\r\n", "x", "é", "\0",
                               "\ufeff", "retry", "1"])  # fmt: skip
_CUTS = st.lists(st.integers(0, 200), max_size=8)


@given(st.lists(_SSE_PIECES, max_size=40).map("".join), _CUTS)
def test_events_are_what_the_standard_says_however_they_are_cut(
    text: str, places: list[int]
) -> None:
    met = items("events", Event, *cut(text.encode(), places))
    assert [(event.event, event.data, event.id) for event in met] == reference_events(text)


_VALUES = st.recursive(st.integers() | st.text() | st.none(), st.lists)


@given(st.lists(_VALUES, max_size=6), st.booleans(), _CUTS)
def test_lines_survive_every_cut(values: list[Any], ends: bool, places: list[int]) -> None:
    content = b"\n".join(json.dumps(value).encode() for value in values) + b"\n" * ends
    met = items("lines", Any, *cut(content, places))
    assert met == values


def test_rows() -> None:
    content = b'\xef\xbb\xbfid,name,size\r\n1,"a, ""b""\r\nc",\r\n\r\n2,,7\r\n3'
    assert items("csv", Row, content) == [
        Row(id=1, name='a, "b"\r\nc'),
        Row(id=2, name="", size=7),
        Row(id=3),
    ]
    assert items("csv", dict[str, str], b"a,b\n1,\n") == [{"a": "1", "b": ""}]
    assert items("csv", list[str], b"a,b\n1,\n") == [["a", "b"], ["1", ""]]
    assert items("csv", Row, b"id,name\n") == []
    assert items("csv", Row, b"") == []
    latin = "id,name\n1,é\n".encode("latin-1")
    assert items("csv", Row, latin, content_type="text/csv; charset=latin-1")[0].name == "é"
    wide = "id,name\n1,é\n".encode("utf-16")
    assert items("csv", Row, wide, content_type="text/csv; charset=utf-16")[0].name == "é"
    for odd in ("nonsense", "hex", "zlib", "rot13", "idna", "undefined"):
        assert items("csv", Row, b"id\n1\n", content_type=f"text/csv; charset={odd}")[0].id == 1


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        (b'{},"b ""c"", d",', ['b "c", d', ""]),
        (b'{},"two\r\nlines"', ["two\r\nlines"]),
        (b'{},a"b"', ['a"b"']),
        (b"{}", []),
    ],
)
def test_a_cell_may_be_large(record: bytes, cells: list[str]) -> None:
    """Larger than what the csv module of the standard library takes unless a process allows it."""
    large = "x" * (csv.field_size_limit() + 1)
    content = record.replace(b"{}", large.encode()) + b"\r\n"
    assert items("csv", list[str], content) == [[large, *cells]]


@pytest.mark.parametrize("end", [b'"a"b', b'"a""', b'"\n'])
def test_a_large_row_that_is_none(end: bytes) -> None:
    large = b"x" * (csv.field_size_limit() + 1)
    with pytest.raises(InvalidResponse, match=r"row 1 (is not CSV|ends inside)"):
        items("csv", list[str], large + b"," + end)


_CELLS = st.text(alphabet='ab,"\n\r é', max_size=5)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=5), _CUTS)
def test_rows_that_the_standard_library_writes_are_read(
    rows: list[list[str]], places: list[int]
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    assert items("csv", list[str], *cut(written.getvalue().encode(), places)) == rows


def test_async_streams() -> None:
    async def run() -> None:
        wire = Wire(b'{"id":', b'1}\n{"id":2}')
        async with AsyncStream[Row](wire.async_reply, fail, "lines", Row) as stream:
            assert [row.id async for row in stream] == [1, 2]
        assert wire.closed
        bad = Wire(b'{"id":1}\n', b"{}\n")
        reading = aiter(AsyncStream[Row](bad.async_reply, fail, "lines", Row))
        assert (await anext(reading)).id == 1
        with pytest.raises(InvalidResponse, match="line 2") as caught:
            await anext(reading)
        assert (bool(bad.closed), caught.value.__context__) == (True, None)
        done = Wire(b'data: {"id":1}\n\ndata: [DONE]\n\n')
        rows = [row.id async for row in AsyncStream[Row](done.async_reply, fail, "events", Row)]
        assert rows == [1]
        broken = Wire(b'{"id":1}\n', breaks=True)
        with pytest.raises(ConnectionFailed):
            _ = [row async for row in AsyncStream[Row](broken.async_reply, fail, "lines", Row)]
        assert broken.closed
        early = Wire(b'{"id":1}\n', b'{"id":2}\n')
        async with AsyncStream[Row](early.async_reply, fail, "lines", Row) as stream:
            async for row in stream:
                assert row.id == 1
                break
        assert early.closed
        whole: AsyncStream[Row] = AsyncStream(Reply(200, [], b'{"id":1}'), fail, "lines", Row)
        assert [row.id async for row in whole] == [1]

    asyncio.run(run())


def test_the_connectors_errors_pass_through() -> None:
    wire = Wire(b'{"id":1}\n', breaks=True)
    met: list[int] = []

    def read(note: Callable[[int], None]) -> None:
        for row in Stream[Row](wire.reply, fail, "lines", Row):
            note(row.id)

    with pytest.raises(ConnectionFailed):
        read(met.append)
    assert met == [1]
    assert wire.closed


def test_there_are_three_kinds_of_streams() -> None:
    with pytest.raises(ValueError, match="no stream of 'rows'"):
        feed_of("rows", str, Answer(200, [], b""))


@pytest.mark.parametrize(
    ("said", "own", "expected"),
    [("", 0.0, 0.1), ("0", 0.0, 0.1), ("0", 0.4, 0.4), ("20", 0.4, 0.4), ("3000", 0.4, 3.0),
     ("61000", 0.4, None), ("9" * 15, 0.4, None)],
)  # fmt: skip
def test_a_service_is_given_time_before_the_rest_is_asked_for(
    said: str, own: float, expected: float | None
) -> None:
    waits: list[float] = []
    asked: list[str] = []
    more = f"retry: {said}\n".encode() if said else b""

    def ask(event_id: str) -> Any:
        asked.append(event_id)
        return Wire(b"data: 2\n\n").reply

    first = Wire(more + b"id: a\ndata: 1\n\n", breaks=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", waits.append)
        stream = Stream[Any](
            first.reply, fail, "events", str, resume=Resume(ask, 3, lambda _failures: own, 60.0)
        )
        if expected is None:
            with pytest.raises(ConnectionFailed):
                list(stream)
        else:
            assert list(stream) == ["1", "2"]
    assert waits == ([] if expected is None else [expected])
    assert asked == ([] if expected is None else ["a"])


def test_events_that_somebody_has_closed_are_not_asked_for_again() -> None:
    def asked(_event_id: str) -> Any:
        raise AssertionError("it was closed")

    def again() -> Resume:
        return Resume(asked, 3, lambda _failures: 0.0, 60.0)

    wire = Wire(b"id: a\ndata: 1\n\n", breaks=True)
    stream = Stream[Any](wire.reply, fail, "events", str, resume=again())
    met = []
    for item in stream:
        met.append(item)
        stream.close()  # as another thread may do at any time
    assert met == ["1"]

    async def work() -> list[Any]:
        wire = Wire(b"id: a\ndata: 1\n\n", breaks=True)
        stream = AsyncStream[Any](wire.async_reply, fail, "events", str, resume=again())
        met = []
        async for item in stream:
            met.append(item)
            await stream.aclose()
        return met

    assert asyncio.run(work()) == ["1"]


def test_events_that_are_closed_in_the_pause_are_not_asked_for_again() -> None:
    async def asked(_event_id: str) -> Any:
        raise AssertionError("it was closed")

    async def work() -> list[Any]:
        wire = Wire(b"id: a\ndata: 1\n\n", breaks=True)
        pausing = asyncio.Event()

        def pause(_failures: int) -> float:
            pausing.set()
            return 0.05

        resume = Resume(asked, 3, pause, 60.0)
        stream = AsyncStream[Any](wire.async_reply, fail, "events", str, resume=resume)

        async def close() -> None:
            await pausing.wait()
            await stream.aclose()

        closing = asyncio.create_task(close())
        met = [item async for item in stream]
        await closing
        return met

    assert asyncio.run(work()) == ["1"]
