"""When a failed attempt is made again: backoff with full jitter, a quota, the time that is left."""

from collections.abc import Callable
from threading import Lock

from ferrule_runtime.connector import Retry
from ferrule_runtime.forks import watch
from ferrule_runtime.wire import Body, Call, WireFault

CAPACITY = 500
RETRY_COST = 5
TIMEOUT_COST = 10


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


def backoff_seconds(retry: Retry, failures: int, random: Callable[[], float]) -> float:
    """The pause after so many failures. Full jitter: anything between nothing and the bound."""
    backoff = retry.backoff
    if backoff is None:
        return 0.0
    if isinstance(backoff, tuple):
        first, longest = backoff
        # Beyond this the power has passed every bound, and a float would overflow.
        bound = min(first * 2.0 ** min(failures - 1, 60), longest)
    else:
        bound = float(backoff)
    return bound * random() if retry.jitter == "full" else bound


def can_send_again(call: Call) -> bool:
    """Whether the body can be read once more."""
    return not isinstance(call.content, Body) or call.content.is_replayable


def may_repeat_fault(call: Call, fault: WireFault) -> bool:
    """Whether trying again can help and cannot do a thing twice."""
    if not fault.may_pass or not call.plan.retry.network:
        return False
    return not fault.was_sent or call.is_replayable
