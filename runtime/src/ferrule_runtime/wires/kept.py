"""Keeps connections for the next call: last in, first out, so many at most, each in its turn."""

import time
from collections import deque
from threading import Lock
from typing import Any

from ferrule_runtime.latch import Latch

MOST_CONNECTIONS = 100
IDLE_SECONDS = 20.0
_SWEEP_SECONDS = 5.0


class Kept:
    """The connections to one origin, for threads and for the tasks of one loop alike.

    Who takes a connection gives it back, or None in its place when it is of no more use. The last
    one used is taken first: those that are needed stay warm, the others grow old and are closed.
    Whoever finds none left waits for a latch; what is given back goes to the one who waits longest.
    """

    __slots__ = ("_idle", "_is_closed", "_lock", "_most", "_open", "_sweep_at", "_waiting")

    def __init__(self, most: int = MOST_CONNECTIONS) -> None:
        self._most = most
        self._lock = Lock()
        self._idle: list[Any] = []
        self._open = 0
        self._waiting: deque[Latch] = deque()
        self._sweep_at = 0.0
        self._is_closed = False

    def __repr__(self) -> str:
        return f"Kept({len(self._idle)} idle of {self._open}, {len(self._waiting)} wait)"

    @property
    def open(self) -> int:
        """How many connections there are, idle or in use."""
        return self._open

    @property
    def idle(self) -> int:
        return len(self._idle)

    def take(self) -> tuple[Any, Latch | None]:
        """(a connection, None), (None, None) for leave to open one, or (None, a latch to wait for).

        The value of the latch is a connection, or None for leave to open one.
        """
        with self._lock:
            if self._idle:
                return self._idle.pop(), None
            if self._open < self._most:
                self._open += 1
                return None, None
            latch = Latch()
            self._waiting.append(latch)
            return None, latch

    def exchange(self) -> Any:
        """Instead of a connection that is of no more use: an idle one, or None to open one."""
        with self._lock:
            if self._idle:
                self._open -= 1
                return self._idle.pop()
            return None

    def give(self, connection: Any) -> list[Any]:
        """Give back a connection, or None in its place. What is left over is to be closed."""
        now = time.monotonic()
        with self._lock:
            if self._waiting:
                # Set within the lock: who gives up waiting must see whether it was served.
                self._waiting.popleft().set(connection)
                return []
            if connection is None or self._is_closed:
                self._open -= 1
                return [] if connection is None else [connection]
            self._idle.append(connection)
            if now < self._sweep_at:
                return []
            self._sweep_at = now + _SWEEP_SECONDS
            return self._expired()

    def _expired(self) -> list[Any]:
        """Take out those that have been idle for too long; the oldest lie at the bottom."""
        count = 0
        for connection in self._idle:
            if not connection.has_expired():
                break
            count += 1
        expired, self._idle = self._idle[:count], self._idle[count:]
        self._open -= count
        return expired

    def leave(self, latch: Latch) -> list[Any]:
        """Wait no longer; what came meanwhile goes to the next one."""
        with self._lock:
            if not latch.is_set:
                self._waiting.remove(latch)
                return []
        return self.give(latch.value)

    def empty(self) -> list[Any]:
        """Keep nothing from now on. Those that are idle are to be closed."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            self._open -= len(idle)
            return idle
