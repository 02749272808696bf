"""What every wire does to an attempt: its header lines, its parts, its bounds."""

import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from ferrule_runtime.wire import Body, Call, Lines, WireFault
from ferrule_runtime.wires.content import Unpacker, encodings_of, too_large


class Parts:
    """A request body for a sync client, opened anew for each attempt."""

    def __init__(self, body: Body) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        opened: Any = self._body.open()
        return iter(opened)


class AsyncParts:
    """A request body for an async client; files are read in a thread, not on the event loop."""

    def __init__(self, body: Body) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        from ferrule_runtime.files import in_thread

        opened: Any = self._body.open()
        async for part in opened if self._body.is_async else in_thread(opened):
            yield part


def lines_of(call: Call) -> list[tuple[bytes, bytes]]:
    """All header lines of an attempt; a credential's stand in place of those of the same name.

    Its Cookie holds those of the call too; what else comes twice, each server reads otherwise.
    """
    proven = call.credential_lines
    if not proven:
        return call.headers.copy()
    names = {line[0].lower() for line in proven}
    return [line for line in call.headers if line[0].lower() not in names] + proven


def too_late(*, was_sent: bool) -> WireFault:
    return WireFault(
        "no answer came within the deadline of the call",
        was_sent=was_sent,
        is_timeout=True,
        may_pass=False,
        is_own_deadline=True,
    )


def is_late(call: Call) -> bool:
    return call.deadline is not None and time.monotonic() >= call.deadline


def settled(call: Call, fault: WireFault) -> WireFault:
    """A timeout that the deadline has caused is the deadline's, and is not tried again."""
    return too_late(was_sent=fault.was_sent) if fault.is_timeout and is_late(call) else fault


def headers_fit(call: Call, headers: Lines) -> bool:
    """Whether the header lines of an answer are no larger than the client takes."""
    size = sum(len(name) + len(value) for name, value in headers)
    return size <= call.plan.max_header_bytes


def check_headers(call: Call, headers: Lines) -> None:
    """Refuse an answer whose header lines are too large."""
    if not headers_fit(call, headers):
        raise headers_too_large(call)


def headers_too_large(call: Call) -> WireFault:
    """The fault of an answer whose header lines are too large."""
    return WireFault(
        f"the headers are larger than {call.plan.max_header_bytes} bytes (max_header_bytes)",
        was_sent=True,
        may_pass=False,
    )


class Gathered:
    """A body in memory, counted after it was unpacked; without an unpacker it is not packed."""

    __slots__ = ("_limit", "_parts", "_size", "_unpacker")

    def __init__(self, unpacker: Unpacker | None, limit: int | None) -> None:
        self._unpacker = unpacker
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, data: bytes) -> None:
        for part in (data,) if self._unpacker is None else self._unpacker.feed(data):
            self._size += len(part)
            if self._limit is not None and self._size > self._limit:
                raise too_large(self._limit)
            self._parts.append(part)

    def whole(self) -> bytes:
        if self._unpacker is not None:
            self._unpacker.finish()
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)


def gathered_of(call: Call, headers: Lines) -> Gathered:
    """Takes the body of an answer; one that says that it is too large is not read at all."""
    plan = call.plan
    limit, size = plan.max_bytes, 0
    length, is_packed = b"", False
    # Every answer comes through here: its lines are looked at once.
    for key, value in headers:
        size += len(key) + len(value)
        if len(key) == 14 and key.lower() == b"content-length":
            length = length or value
        elif len(key) == 16 and key.lower() == b"content-encoding":
            is_packed = True
    if size > plan.max_header_bytes:
        raise headers_too_large(call)
    is_told = limit is not None and length.isdigit() and call.method != b"HEAD"
    if is_told and limit is not None and int(length[:20]) > limit:
        raise too_large(limit)
    return Gathered(Unpacker(encodings_of(headers)) if is_packed else None, limit)
