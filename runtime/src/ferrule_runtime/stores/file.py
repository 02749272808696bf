"""Keeps tokens in files that their owner alone can read, replaced whole and locked."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ferrule_runtime.stores import StoreFault
from ferrule_runtime.stores.locks import FileLocks

# More than any token that a service gives; what is larger is no file of ours.
MOST_BYTES = 1 << 20
_is_name = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}").fullmatch
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_locks = FileLocks()


class FileStore:
    """A token store in a folder, made when something is saved: one file a key, mode 0600.

    A file that others can read is refused, as is a folder that others can write to.
    """

    __slots__ = ("folder",)

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        self.folder = Path(folder).expanduser().absolute()

    def __repr__(self) -> str:
        return f"FileStore({str(self.folder)!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return FileStore, (str(self.folder),)

    def _path(self, key: str, ending: str) -> Path:
        if _is_name(key) is None:
            raise StoreFault(f"{self}: a key is made of letters, digits, `.`, `_` and `-`")
        return self.folder / (key + ending)

    def load(self, key: str) -> str | None:
        """What was saved last; None where there is nothing."""
        path = self._path(key, ".json")
        try:
            descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            return None
        with os.fdopen(descriptor, "rb") as file:
            _refuse_shared(os.fstat(descriptor), path, 0o077, "can be read by others: chmod 600 it")
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise StoreFault(f"{path} is too large to be a stored token: remove it")
        return content.decode("utf-8", "replace")

    def save(self, key: str, text: str) -> None:
        """Replace the file; a crash leaves the old one or the new one."""
        path = self._path(key, ".json")
        self._make_folder()
        beside = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}")
        try:
            with os.fdopen(os.open(beside, _NEW, 0o600), "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        self._sync_folder()

    def delete(self, key: str) -> None:
        """Remove the file."""
        self._path(key, ".json").unlink(missing_ok=True)

    def try_lock(self, key: str) -> Callable[[], None] | None:
        """Take the lock of a key, or None where another thread or process has it."""
        self._make_folder()
        return _locks.try_lock(str(self._path(key, ".lock")))

    def _make_folder(self) -> None:
        self.folder.mkdir(0o700, parents=True, exist_ok=True)
        _refuse_shared(
            self.folder.stat(), self.folder, 0o022, "can be written to by others: chmod 700 it"
        )

    def _sync_folder(self) -> None:
        """Make the new name of a file last; systems that cannot sync a folder do without."""
        with suppress(OSError):
            descriptor = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _refuse_shared(found: os.stat_result, path: Path, mask: int, told: str) -> None:
    if os.name == "nt":
        return
    if found.st_uid != os.getuid():
        raise StoreFault(f"{path} belongs to another user")
    if found.st_mode & mask:
        raise StoreFault(f"{path} {told}")
