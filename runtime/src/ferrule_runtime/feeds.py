"""Streamed bodies as items: parsers that are fed chunks, cut wherever the network has cut them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Protocol

from ferrule_runtime.answer import AnswerFault
from ferrule_runtime.frozen import Frozen

if TYPE_CHECKING:
    from codecs import IncrementalDecoder
    from collections.abc import Callable, Iterator

LONGEST_LINE_BYTES: Final = 16 * 1024 * 1024
"""A line, an event or a row beyond this is refused, so that no service can fill the memory."""

_BOM: Final = b"\xef\xbb\xbf"
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_CELL: Final = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",\r\n][^,\r\n]*+|))(,|\Z)')
_IS_DIGITS: Final = re.compile(r"[0-9]{1,15}").fullmatch


class Event(Frozen):
    """A server-sent event: its type (`message` if none), its text, the last id that was told."""

    __slots__ = ("data", "event", "id", "retry_ms")
    event: str
    data: str
    id: str
    retry_ms: int | None

    def __init__(
        self,
        event: str = "message",
        data: str = "",
        id: str = "",  # noqa: A002 - the word of the standard
        retry_ms: int | None = None,
    ) -> None:
        self._fill(event=event, data=data, id=id, retry_ms=retry_ms)


class Feed(Protocol):
    """Takes chunks, gives items."""

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """The items that are complete with this chunk."""
        ...

    def finish(self) -> Iterator[Any]:
        """What is left at the end of the body."""
        ...


class LineSplitter:
    """Lines of bytes; ends at LF, and where `universal` at CR and CRLF too, also in mid-cut."""

    __slots__ = ("_parts", "_pending", "_size", "universal")

    def __init__(self, *, universal: bool) -> None:
        self.universal = universal
        self._parts: list[bytes] = []
        self._size = 0
        # A CR that ended the last chunk: an LF that follows belongs to it.
        self._pending = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if not chunk:
            return
        if self._pending:
            self._pending = False
            chunk = chunk.removeprefix(b"\n")
            if not chunk:
                return
        if not self.universal:
            *lines, rest = chunk.split(b"\n")
        else:
            self._pending = chunk.endswith(b"\r")
            *lines, rest = _LINE_END.split(chunk)
        for line in lines:
            yield self._joined(line)
        self._keep(rest)

    def finish(self) -> bytes:
        """What follows the last line's end."""
        return self._joined(b"")

    def _joined(self, line: bytes) -> bytes:
        if self._parts:
            line = b"".join((*self._parts, line))
            self._parts.clear()
            self._size = 0
        return line

    def _keep(self, rest: bytes) -> None:
        if rest:
            self._parts.append(rest)
            self._size += len(rest)
            if self._size > LONGEST_LINE_BYTES:
                raise AnswerFault(f"is longer than {LONGEST_LINE_BYTES} bytes", "a line")


class LinesFeed:
    """NDJSON: one value a line, empty lines passed over."""

    __slots__ = ("_count", "_decode", "_splitter")

    def __init__(self, decode: Callable[[bytes, str], Any]) -> None:
        self._decode = decode
        self._splitter = LineSplitter(universal=False)
        self._count = 0

    def feed(self, chunk: bytes) -> Iterator[Any]:
        for line in self._splitter.feed(chunk):
            yield from self._item(line)

    def finish(self) -> Iterator[Any]:
        yield from self._item(self._splitter.finish())

    def _item(self, line: bytes) -> Iterator[Any]:
        self._count += 1
        if self._count == 1:
            line = line.removeprefix(_BOM)
        line = line.strip(b" \t\r")
        if line:
            yield self._decode(line, f"line {self._count}")


class EventsFeed:
    """Server-sent events by the rules of the HTML standard; one without data is passed over."""

    __slots__ = (
        "_data",
        "_decode",
        "_event",
        "_id",
        "_is_first",
        "_size",
        "_splitter",
        "last_id",
        "retry_ms",
    )

    def __init__(self, decode: Callable[[Event], Any]) -> None:
        self._decode = decode
        self._splitter = LineSplitter(universal=True)
        self._is_first = True
        self._data: list[str] = []
        self._size = 0
        self._event = ""
        # That of an event that is not whole yet does not count: after a cut it is asked for again.
        self._id = ""
        self.last_id = ""
        self.retry_ms: int | None = None

    def feed(self, chunk: bytes) -> Iterator[Any]:
        for line in self._splitter.feed(chunk):
            if self._is_first:
                self._is_first = False
                line = line.removeprefix(_BOM)  # noqa: PLW2901
            if line:
                self._field(line)
                continue
            event, self._event = self._event or "message", ""
            data, self._data, self._size = self._data, [], 0
            self.last_id = self._id
            if data:
                yield self._decode(Event(event, "\n".join(data), self.last_id, self.retry_ms))

    def finish(self) -> Iterator[Any]:
        """Nothing: an event that no empty line has ended is thrown away."""
        return iter(())

    def begin_again(self) -> None:
        """Another body that goes on where this one was cut off: half an event is thrown away."""
        self._splitter = LineSplitter(universal=True)
        self._is_first = True
        self._data = []
        self._size = 0
        self._event = ""
        self._id = self.last_id

    def _field(self, line: bytes) -> None:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            # With its line break: lines of nothing fill the memory too.
            self._size += len(value) + 1
            if self._size > LONGEST_LINE_BYTES:
                raise AnswerFault(f"is longer than {LONGEST_LINE_BYTES} characters", "an event")
        elif name == "event":
            self._event = value
        elif name == "id":
            if "\0" not in value:
                self._id = value
        elif name == "retry" and _IS_DIGITS(value):
            self.retry_ms = int(value)


class CsvFeed:
    """Rows of RFC 4180, with line breaks inside quotes; the first row names the cells."""

    __slots__ = (
        "_count",
        "_decode",
        "_decoder",
        "_has_names",
        "_is_quoted",
        "_names",
        "_open",
        "_rest",
        "_size",
    )

    def __init__(
        self, decode: Callable[[Any, str], Any], *, has_names: bool, charset: str = "utf-8"
    ) -> None:
        """Where not `has_names`, every row is given as a list of texts, the first too."""
        self._decode = decode
        self._has_names = has_names
        self._names: list[str] | None = None
        self._decoder = _decoder_of(charset)
        # A line that has not ended yet, and the lines of a record that has not.
        self._rest: list[str] = []
        self._open: list[str] = []
        self._is_quoted = False
        self._size = 0
        self._count = 0

    def feed(self, chunk: bytes) -> Iterator[Any]:
        yield from self._text(self._decoder.decode(chunk))

    def finish(self) -> Iterator[Any]:
        yield from self._text(self._decoder.decode(b"", True))
        if self._rest or self._open:
            yield from self._line(self._taken())
        if self._open:
            raise AnswerFault("ends inside a quoted cell", f"row {self._count + 1}")

    def _text(self, text: str) -> Iterator[Any]:
        first, *lines = text.split("\n")
        self._keep(first)
        for line in lines:
            yield from self._line(f"{self._taken()}\n")
            self._keep(line)

    def _keep(self, part: str) -> None:
        if part:
            self._rest.append(part)
            self._grow(len(part))

    def _grow(self, size: int) -> None:
        """Count what belongs to the record that has not ended."""
        self._size += size
        if self._size > LONGEST_LINE_BYTES:
            raise AnswerFault(f"is longer than {LONGEST_LINE_BYTES} characters", "a row")

    def _taken(self) -> str:
        line = "".join(self._rest)
        self._rest.clear()
        return line

    def _line(self, line: str) -> Iterator[Any]:
        self._open.append(line)
        self._grow(line.endswith("\n"))
        # An odd number of quotes: the record goes on in the next line.
        self._is_quoted ^= line.count('"') % 2 == 1
        if self._is_quoted:
            return
        record, self._open, self._size = "".join(self._open), [], 0
        yield from self._row(record)

    def _row(self, record: str) -> Iterator[Any]:
        if self._count == 0:
            record = record.removeprefix("\ufeff")
        if not record.strip("\r\n"):
            return
        cells = cells_of(record)
        self._count += 1
        place = f"row {self._count}"
        if cells is None:
            raise AnswerFault("is not CSV", place)
        if not self._has_names:
            yield self._decode(cells, place)
        elif self._names is None:
            self._names = cells
        elif len(cells) > len(self._names):
            raise AnswerFault(f"has more than {len(self._names)} cells", place)
        else:
            yield self._decode(dict(zip(self._names, cells, strict=False)), place)


def _decoder_of(charset: str) -> IncrementalDecoder:
    """Decodes by this charset; by UTF-8 where it is unknown, or none of text, as `hex` is."""
    from codecs import getincrementaldecoder

    try:
        b"a".decode(charset, "replace")
        return getincrementaldecoder(charset)("replace")
    except (LookupError, ValueError):
        return getincrementaldecoder("utf-8")("replace")


def cells_of(record: str) -> list[str] | None:
    """The cells of one record of CSV, with or without its line end; None where it is none."""
    import csv

    # The bound of the standard library is one for the whole process, and not ours to change.
    if len(record) > csv.field_size_limit():
        return _cells_of_long(record)
    try:
        return next(csv.reader((record,), strict=True), None)
    except csv.Error:
        return None


def _cells_of_long(record: str) -> list[str] | None:
    """The same for a record of any length."""
    record = record.rstrip("\r\n")
    cells: list[str] = []
    at = 0
    while (found := _CELL.match(record, at)) is not None:
        quoted, plain, end = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        if not end:
            return cells
        at = found.end()
    return None
