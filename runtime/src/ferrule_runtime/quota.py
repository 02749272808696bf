"""What all calls of a client may spend on retries together: a storm of them stops itself."""

from threading import Lock

from ferrule_runtime.forks import watch
from ferrule_runtime.frozen import Frozen


class Costs(Frozen):
    """What a retry costs after a failure, after a timeout, after being told to slow down.

    `earned` is what a success at the first attempt gives back.
    """

    __slots__ = ("earned", "limited", "retry", "timeout")
    retry: int
    timeout: int
    limited: int
    earned: int

    def __init__(self, retry: int, timeout: int, limited: int, earned: int = 1) -> None:
        self._fill(retry=retry, timeout=timeout, limited=limited, earned=earned)


# A service that asks for patience is alive: that costs less than one that fails.
STANDARD = Costs(retry=14, timeout=14, limited=5)
CAPACITY = 500


class Quota:
    """A bucket that retries are paid from; a retry that it cannot pay for is not made.

    A success gives back what its call has spent last, one at the first attempt `costs.earned`;
    never more than the bucket held at first.
    """

    __slots__ = ("__weakref__", "_lock", "capacity", "costs", "left")

    def __init__(self, capacity: int = CAPACITY, costs: Costs = STANDARD) -> None:
        self._lock = Lock()
        self.capacity = self.left = capacity
        self.costs = costs
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
        if self.left < self.capacity:
            with self._lock:
                self.left = min(self.capacity, self.left + amount)

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()
