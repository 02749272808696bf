"""What a caller may give for a file: a path, bytes, an open file, or a name and one of these."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import AsyncIterable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

FileContent = os.PathLike[str] | bytes | IO[bytes] | Iterable[bytes] | AsyncIterable[bytes]
"""A `pathlib.Path` (opened for each attempt), bytes, a file opened in binary mode, or parts.

Parts that are an iterator are sent once; an async client takes async ones too.
"""

FileInput = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file, or (file name, content), or (file name, content, media type)."""

CHUNK_BYTES: Final = 65_536


class Source:
    """Bytes to send: where they come from, how many there are, whether they can be sent again."""

    __slots__ = ("_at", "_content", "is_async", "is_replayable", "length", "media_type", "name")

    def __init__(self, content: Any, name: str | None = None, media_type: str | None = None):
        """Raises TypeError for what gives no bytes, OSError where a path has no readable file."""
        self.media_type = media_type
        self.is_replayable = True
        self.is_async = False
        self.length: int | None = None
        self._at = 0
        if isinstance(content, str):
            raise TypeError(
                "text is no file: for the file at a path give pathlib.Path(…) or open(…, 'rb'), "
                "for the text itself bytes, text.encode()"
            )
        if isinstance(content, (bytes, bytearray, memoryview)):
            self._content: Any = bytes(content)
            self.length = len(self._content)
        elif isinstance(content, os.PathLike):
            self._content = os.fspath(content)
            name = name or os.path.basename(self._content)  # noqa: PTH119 - no pathlib at import
            self.length = os.stat(self._content).st_size  # noqa: PTH116
        elif hasattr(content, "read"):
            self._content = content
            name = name or _name_of(content)
            self._measure(content)
        elif hasattr(content, "__aiter__"):
            self._content = content
            self.is_async = True
            self.is_replayable = aiter(content) is not content
        elif hasattr(content, "__iter__") and not isinstance(content, Mapping):
            self._content = content
            self.is_replayable = iter(content) is not content
            if isinstance(content, (list, tuple)):
                # What can be seen now is told before anything is sent.
                deque(_checked(content), maxlen=0)
        else:
            raise TypeError(f"{type(content).__name__} gives no bytes that could be sent")
        self.name = name

    def _measure(self, file: Any) -> None:
        """Where an open file stands and how much is left; a pipe tells neither."""
        if hasattr(file, "encoding"):
            raise TypeError("the file is open as text: open it in binary mode, open(path, 'rb')")
        # A file of somebody's own making may say neither.
        if _says(file, "writable") and not _says(file, "readable"):
            raise TypeError("the file is not open to be read: open(path, 'rb')")
        self.is_replayable = False
        try:
            if file.seekable():
                self._at = file.tell()
                self.length = file.seek(0, os.SEEK_END) - self._at
                file.seek(self._at)
                self.is_replayable = True
        except (AttributeError, OSError):
            self.length = None

    def open(self) -> Iterator[bytes]:
        """The bytes from the start, in parts. Raises ValueError when there are not `length`."""
        content = self._content
        if isinstance(content, bytes):
            return iter((content,)) if content else iter(())
        if isinstance(content, str):
            return self._of_path(content)
        if hasattr(content, "read"):
            if self.is_replayable:
                content.seek(self._at)
            return self._of_file(content)
        return _checked(content)

    def open_async(self) -> AsyncIterator[bytes]:
        """The same from an async source, or of any other one, read in a thread."""
        return _checked_async(self._content) if self.is_async else in_thread(self.open())

    def _of_path(self, path: str) -> Iterator[bytes]:
        with open(path, "rb") as file:  # noqa: PTH123
            yield from self._of_file(file)

    def _of_file(self, file: Any) -> Iterator[bytes]:
        left = self.length
        while left is None or left > 0:
            size = CHUNK_BYTES if left is None else min(CHUNK_BYTES, left)
            chunk = file.read(size)
            if not chunk:
                break
            if not isinstance(chunk, bytes):
                raise TypeError("the file gives text: open it in binary mode, open(path, 'rb')")
            if left is not None:
                left -= len(chunk)
            yield chunk
        # A file that has grown is cut; one that has shrunk cannot be made up for.
        if left:
            raise ValueError("the file became shorter while it was sent")


def _says(file: Any, what: str) -> bool:
    claim = getattr(file, what, None)
    return bool(claim()) if callable(claim) else what == "readable"


def _name_of(file: Any) -> str | None:
    name = getattr(file, "name", None)
    return os.path.basename(name) if isinstance(name, str) else None  # noqa: PTH119


def _checked(parts: Iterable[Any]) -> Iterator[bytes]:
    for part in parts:
        if not isinstance(part, (bytes, bytearray, memoryview)):
            raise TypeError(f"a body is made of bytes, not of {type(part).__name__}")
        if part:
            yield bytes(part)


async def _checked_async(parts: AsyncIterable[Any]) -> AsyncIterator[bytes]:
    async for part in parts:
        if not isinstance(part, (bytes, bytearray, memoryview)):
            raise TypeError(f"a body is made of bytes, not of {type(part).__name__}")
        if part:
            yield bytes(part)


async def in_thread(source: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Parts read off the event loop, 64 KiB or so at a time: a thread for less is waste."""
    import asyncio

    while parts := await asyncio.to_thread(_some_of, source):
        yield parts


def _some_of(source: Iterator[bytes]) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in source:
        parts.append(part)
        size += len(part)
        if size >= CHUNK_BYTES:
            break
    return b"".join(parts)


def is_file(value: Any) -> bool:
    """Whether this is a FileInput rather than a value that is sent as text."""
    if isinstance(value, tuple):
        return len(value) in (2, 3) and isinstance(value[0], str) and is_content(value[1])
    return is_content(value)


def is_content(value: Any) -> bool:
    """Whether this gives bytes; a list is not content but several values."""
    is_plain = isinstance(value, (bytes, bytearray, memoryview, os.PathLike))
    return is_plain or any(hasattr(value, name) for name in ("read", "__next__", "__aiter__"))


def sources_of(value: Any) -> list[Source]:
    """One or a list of FileInput as Sources; raises TypeError for anything else."""
    if isinstance(value, tuple):
        is_several = not value or not isinstance(value[0], str)
    else:
        is_several = isinstance(value, (list, AbstractSet))
    return [source_of(each) for each in value] if is_several else [source_of(value)]


def source_of(value: Any) -> Source:
    """A FileInput as a Source; raises TypeError for anything else."""
    if isinstance(value, tuple):
        if not 2 <= len(value) <= 3 or not isinstance(value[0], str):
            raise TypeError("a file is (name, content) or (name, content, media type)")
        return Source(value[1], value[0], value[2] if len(value) == 3 else None)
    return Source(value)
