"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import Self


class Saving:
    """A file beside the wanted one, that takes its name when all is written."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = os.fspath(path)
        self._file: Any = None
        self._beside = ""

    def begin(self) -> None:
        from secrets import token_hex

        folder, name = os.path.split(self._path)
        self._beside = os.path.join(folder, f".{name[:100]}.{token_hex(8)}.part")  # noqa: PTH118
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._file = os.fdopen(os.open(self._beside, flags, 0o666), "wb")

    def write(self, part: bytes) -> None:
        self._file.write(part)

    def keep(self) -> None:
        """All is written: the file gets its name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        os.replace(self._beside, self._path)  # noqa: PTH105
        self._beside = ""

    def end(self) -> None:
        """Removes what was not kept."""
        if self._file is not None:
            self._file.close()
        if self._beside:
            from contextlib import suppress

            with suppress(OSError):
                os.unlink(self._beside)  # noqa: PTH108
            self._beside = ""

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
