"""Lets one process at a time write into an output folder."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

POLL_SECONDS = 0.05
_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK})


class BusyError(Exception):
    """Another process kept the folder for longer than one is ready to wait."""


@contextmanager
def locked(folder: Path, *, patience_seconds: float) -> Iterator[None]:
    """Holds the folder for as long as the block runs; the system frees it when the process dies.

    Where a file system knows no locks the block runs without one: what it does is then kept apart
    by names of its own. Raises BusyError after `patience_seconds` of waiting.
    """
    descriptor = _open(folder)
    try:
        _wait_for(descriptor, folder, patience_seconds)
        yield
    finally:
        _close(descriptor, folder)


def _wait_for(descriptor: int, folder: Path, patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            _try_lock(descriptor)
            return
        except OSError as error:
            if error.errno not in _BUSY:
                return
        if time.monotonic() >= deadline:
            raise BusyError(str(folder))
        time.sleep(POLL_SECONDS)


if sys.platform == "win32":
    import msvcrt

    _LOCK_NAME = ".ferrule.lock"

    def _open(folder: Path) -> int:
        return os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o644)

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _close(descriptor: int, folder: Path) -> None:
        os.close(descriptor)
        with suppress(OSError):  # another process may hold it open, and removes it in its turn
            (folder / _LOCK_NAME).unlink()

else:
    import fcntl

    # The folder itself can be locked, so that nothing is left lying in it.
    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _close(descriptor: int, folder: Path) -> None:
        del folder
        os.close(descriptor)
