"""Locks between processes, on files that are empty; the system frees those of who has ended."""

import os
import sys
from collections.abc import Callable
from threading import Lock

from ferrule_runtime.forks import watch

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


class FileLocks:
    """Locks by path. A lock is never waited for; within a process it holds between threads too."""

    __slots__ = ("__weakref__", "_held", "_lock")

    def __init__(self) -> None:
        self._held: dict[str, int] = {}
        self._lock = Lock()
        watch(self)

    def try_lock(self, path: str) -> Callable[[], None] | None:
        """Take the lock: what gives it back, or None where somebody has it. Raises OSError."""
        with self._lock:
            # Some systems give a process the lock that another thread of it has.
            if path in self._held:
                return None
            descriptor = os.open(path, _OPEN, 0o600)
            if not _take(descriptor):
                os.close(descriptor)
                return None
            self._held[path] = descriptor

        def release() -> None:
            with self._lock:
                # In a child process it is not ours any more, and not given back twice.
                if self._held.get(path) != descriptor:
                    return
                del self._held[path]
                _give_back(descriptor)
                os.close(descriptor)

        return release

    def after_fork(self) -> None:
        """In a child process: the locks are the parent's; it gives them back itself."""
        held, self._held = self._held, {}
        self._lock = Lock()
        for descriptor in held.values():
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give_back(descriptor: int) -> None:
        # Said and not left to `close`: a process that was forked meanwhile has the file open too.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
