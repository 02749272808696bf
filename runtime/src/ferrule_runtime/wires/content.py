"""Removes the content encoding of a body part by part, in bounded memory, noticing what is cut."""

import zlib
from collections.abc import Iterator

from ferrule_runtime.wire import Lines, WireFault

# A second packing happens by mistake of a proxy; a third one only to harm.
MOST_ENCODINGS = 2
_PART_BYTES = 1 << 16


def encodings_of(headers: Lines) -> list[str]:
    """The content encodings of a body, in the order in which they are to be removed."""
    named = [
        word.strip().lower()
        for key, value in headers
        if key.lower() == b"content-encoding"
        for word in value.decode("latin-1").split(",")
    ]
    return [word for word in reversed(named) if word and word != "identity"]


class Unpacker:
    """Takes a body apart. Raises WireFault for what is corrupt, cut off, or packed too often."""

    __slots__ = ("_stages",)

    def __init__(self, encodings: list[str]) -> None:
        if len(encodings) > MOST_ENCODINGS:
            raise _fault("the body is packed several times over", may_pass=False)
        self._stages = [_Stage(encoding) for encoding in encodings]

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What becomes of this part, in parts of 64 KiB at most where it was packed."""
        return self._through(0, data)

    def _through(self, depth: int, data: bytes) -> Iterator[bytes]:
        if depth == len(self._stages):
            if data:
                yield data
            return
        for part in self._stages[depth].feed(data):
            yield from self._through(depth + 1, part)

    def finish(self) -> None:
        """Say that nothing more comes; raises WireFault if the packed body is not complete."""
        for stage in self._stages:
            stage.finish()


class _Stage:
    """One gzip or deflate."""

    __slots__ = ("_encoding", "_has_data", "_held", "_is_complete", "_is_padding", "_zlib")

    def __init__(self, encoding: str) -> None:
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise _fault(f"the body is packed as {encoding[:40]!a}, which was not asked for")
        self._encoding = encoding
        self._zlib: zlib._Decompress | None = None
        self._has_data = False
        self._is_complete = False
        self._is_padding = False
        # The first byte of what follows, until the second one tells what it is.
        self._held = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._is_padding:
            self._has_data = True
            if self._zlib is None:
                data, self._held = self._held + data, b""
                if len(data) < 2:
                    self._held = data
                    return
                if self._is_complete and not data.startswith(b"\x1f\x8b"):
                    self._is_padding = True  # behind the last member it means nothing
                    return
                self._zlib = zlib.decompressobj(self._window_bits(data))
                self._is_complete = False
            while True:
                part = self._unpack(data)
                data = self._zlib.unconsumed_tail
                if part:
                    yield part
                if self._zlib.eof or (not data and len(part) < _PART_BYTES):
                    break
            if self._zlib.eof:
                data = self._zlib.unused_data
                self._zlib, self._is_complete = None, True

    def _unpack(self, data: bytes) -> bytes:
        assert self._zlib is not None
        try:
            return self._zlib.decompress(data, _PART_BYTES)
        except zlib.error:
            pass
        raise _fault(f"the body is no {self._encoding}, though it claims to be")

    def _window_bits(self, data: bytes) -> int:
        if self._encoding != "deflate":
            return 31
        # Half of all services send zlib as the standard says, the other half bare deflate.
        is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return 15 if is_zlib else -15

    def finish(self) -> None:
        # Nothing at all is what HEAD, 204 and 304 give, whatever their headers claim.
        if self._has_data and not self._is_complete:
            raise _fault(f"the body was cut off: its {self._encoding} is not complete")


def too_large(limit: int) -> WireFault:
    """The fault of a body that is larger than the client takes."""
    return _fault(f"the body is larger than {limit} bytes (max_response_bytes)", may_pass=False)


def _fault(told: str, *, may_pass: bool = True) -> WireFault:
    return WireFault(told, was_sent=True, is_content=True, may_pass=may_pass)
