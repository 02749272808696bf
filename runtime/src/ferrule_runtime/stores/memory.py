"""Keeps tokens in memory: for the clients of one process, as long as it lives."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from ferrule_runtime.forks import watch


class MemoryStore:
    """A token store in memory, shared by the clients that are given it."""

    __slots__ = ("__weakref__", "_held", "_lock", "_texts")

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._held: set[str] = set()
        self._lock = Lock()
        watch(self)

    def __repr__(self) -> str:
        return f"MemoryStore({len(self._texts)} kept, hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a token store cannot be pickled: it holds secrets")

    def load(self, key: str) -> str | None:
        """What was saved last; None where there is nothing."""
        return self._texts.get(key)

    def save(self, key: str, text: str) -> None:
        """Replace what is there."""
        self._texts[key] = text

    def delete(self, key: str) -> None:
        """Forget it."""
        self._texts.pop(key, None)

    def try_lock(self, key: str) -> Callable[[], None] | None:
        """Take the lock of a key, or None where somebody has it."""
        with self._lock:
            if key in self._held:
                return None
            self._held.add(key)
        return lambda: self._held.discard(key)

    def after_fork(self) -> None:
        """In a child process: whoever held the locks is not here."""
        self._lock = Lock()
        self._held = set()
