"""Bodies that are a gzip or zip file: what is inside, in parts and in bounded memory."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from ferrule_runtime.answer import AnswerFault

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART_BYTES: Final = 1 << 16
_MAGIC: Final = b"\x1f\x8b"
# A zip file has its list of contents at its end: it is kept whole, beyond this on the disk.
MOST_IN_MEMORY: Final = 8 << 20


class Gunzip:
    """Takes a gzip file apart, of several members too."""

    def __init__(self) -> None:
        self._zlib: zlib._Decompress | None = None
        self._held = b""
        self._has_data = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """What becomes of this part; raises AnswerFault where it is no gzip."""
        while data:
            if self._zlib is None:
                data, self._held = self._held + data, b""
                if len(data) < len(_MAGIC):
                    self._held = data
                    return
                if not data.startswith(_MAGIC):
                    if not self._has_data:
                        raise AnswerFault("is no gzip file", "the body")
                    if data.strip(b"\0"):
                        raise AnswerFault("has more behind its gzip file", "the body")
                    return
                self._zlib = zlib.decompressobj(31)
            self._has_data = True
            yield from self._unpack(data)
            data = b""
            if self._zlib.eof:
                data, self._zlib = self._zlib.unused_data, None

    def _unpack(self, data: bytes) -> Iterator[bytes]:
        assert self._zlib is not None
        while True:
            is_broken = False
            part = b""
            try:
                part = self._zlib.decompress(data, _PART_BYTES)
            except zlib.error:
                is_broken = True
            if is_broken:
                raise AnswerFault("is a gzip file that is broken", "the body")
            data = self._zlib.unconsumed_tail
            if part:
                yield part
            if self._zlib.eof or (not data and len(part) < _PART_BYTES):
                return

    def finish(self) -> None:
        """Raises AnswerFault where the file is not complete."""
        if self._zlib is not None or self._held or not self._has_data:
            raise AnswerFault("is a gzip file that was cut off", "the body")


def spool() -> IO[bytes]:
    """A place for a whole zip file: in memory while it is small."""
    from tempfile import SpooledTemporaryFile

    made: Any = SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 - closed by its user
    return made  # type: ignore[no-any-return]


def members(file: IO[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The name and the parts of each file in a zip file. Raises AnswerFault for a broken one."""
    from zipfile import ZipFile

    is_broken = False
    try:
        with ZipFile(file) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    yield info.filename, _parts(archive, info)
    except Exception as error:
        is_broken = _tells_of_content(error)
        if not is_broken:
            raise
    if is_broken:
        raise AnswerFault("is no zip file, or a broken one", "the body")


def _parts(archive: Any, info: Any) -> Iterator[bytes]:
    reason = ""
    try:
        with archive.open(info) as member:
            while part := member.read(_PART_BYTES):
                yield part
    except RuntimeError:
        reason = "holds a file that needs a password or an unknown method"
    except Exception as error:
        if not _tells_of_content(error):
            raise
        reason = "holds a file that is broken"
    if reason:
        raise AnswerFault(reason, "the zip file")


def _tells_of_content(error: Exception) -> bool:
    """Whether zipfile, or one of its many unpackers, stumbled over what it was given to read."""
    is_of_system = isinstance(error, OSError) and error.errno is not None
    return not is_of_system and not isinstance(error, MemoryError)
