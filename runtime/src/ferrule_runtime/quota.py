"""What all calls of a client may spend on retries together: a storm of them stops itself."""

from threading import Lock

from ferrule_runtime.forks import watch

CAPACITY = 500


class Quota:
    """What all calls of a client may spend on retries together: a storm stops itself.

    A retry costs 5, after a timeout 10; a success gives back what its call has spent last, a
    success at the first attempt gives 1.
    """

    __slots__ = ("__weakref__", "_lock", "left")

    def __init__(self, left: int = CAPACITY) -> None:
        self._lock = Lock()
        self.left = left
        watch(self)

    def spend(self, cost: int) -> bool:
        """Take so much, if there is so much."""
        with self._lock:
            if self.left < cost:
                return False
            self.left -= cost
            return True

    def earn(self, amount: int) -> None:
        """Give back; never more than the capacity."""
        if self.left < CAPACITY:
            with self._lock:
                self.left = min(CAPACITY, self.left + amount)

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()
