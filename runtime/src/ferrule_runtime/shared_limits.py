"""Budgets that several clients of a process keep together, by a name that their specs give."""

from collections.abc import Callable
from threading import Lock
from weakref import WeakValueDictionary

from ferrule_runtime.forks import watch
from ferrule_runtime.limiter import Limiter


class _Shared:
    """Who lives is found; whom nobody uses any more is gone."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_name: WeakValueDictionary[str, Limiter] = WeakValueDictionary()
        watch(self)

    def limiter(self, name: str, make: Callable[[], Limiter]) -> Limiter:
        with self._lock:
            found = self._by_name.get(name)
            if found is None:
                found = self._by_name[name] = make()
            return found

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()


_SHARED = _Shared()


def shared(name: str, make: Callable[[], Limiter]) -> Limiter:
    """The budgets of this name; those of the first client that asks."""
    return _SHARED.limiter(name, make)
