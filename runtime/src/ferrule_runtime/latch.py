"""A flag that is set once: threads wait for it, event loops are told of it."""

from collections.abc import Callable
from threading import TIMEOUT_MAX, Lock
from typing import Any


class Abandoned(Exception):
    """Whoever was to set it was cancelled or ran out of time: one who waits takes over."""


class Latch:
    """Set once, from any thread, with a value or an error for those who wait.

    Smaller than a future of the standard library, which brings logging along at import, and one
    that gives up waiting leaves nothing behind.
    """

    __slots__ = ("_lock", "_told", "error", "is_set", "value")

    def __init__(self) -> None:
        self._lock = Lock()
        self._told: list[Callable[[], object]] = []
        self.is_set = False
        self.value: Any = None
        self.error: BaseException | None = None

    def set(self, value: Any = None, error: BaseException | None = None) -> None:
        """Set it, if nobody has; whoever waits goes on."""
        with self._lock:
            if self.is_set:
                return
            self.value, self.error = value, error
            self.is_set = True
            told, self._told = self._told, []
        for tell in told:
            tell()

    def tell(self, callback: Callable[[], object]) -> None:
        """Call back when it is set, in the thread that sets it; now if it is set already."""
        with self._lock:
            if not self.is_set:
                self._told.append(callback)
                return
        callback()

    def forget(self, callback: Callable[[], object]) -> None:
        """Do not call back any more."""
        with self._lock:
            if callback in self._told:
                self._told.remove(callback)

    def wait(self, seconds: float | None = None) -> bool:
        """Block this thread until it is set, at most so many seconds; whether it is set."""
        if self.is_set:
            return True
        gate = Lock()
        gate.acquire()
        opened = gate.release
        self.tell(opened)
        try:
            # A lock rather than an event: one object, and a signal interrupts the waiting.
            gate.acquire(timeout=-1 if seconds is None else min(max(seconds, 0.0), TIMEOUT_MAX))
        finally:
            self.forget(opened)
        return self.is_set
