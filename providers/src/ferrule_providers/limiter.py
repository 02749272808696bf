"""Counts failures by address in bounded memory, and says when one has had enough."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

FAILURES = 10
WINDOW_SECONDS = 60.0
MOST_ADDRESSES = 4_096


class FailureLimiter:
    """At most ten failures a minute from one address; more addresses push out the longest quiet."""

    def __init__(
        self,
        failures: int = FAILURES,
        window_seconds: float = WINDOW_SECONDS,
        most_addresses: int = MOST_ADDRESSES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._failures = failures
        self._window = window_seconds
        self._most = most_addresses
        self._now = now
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def fail(self, address: str) -> int | None:
        """Count a failure; seconds to wait if it is one too many, else None."""
        now = self._now()
        with self._lock:
            moments = [each for each in self._seen.pop(address, []) if each > now - self._window]
            too_many = len(moments) >= self._failures
            if not too_many:
                moments.append(now)
            self._seen[address] = moments
            while len(self._seen) > self._most:
                self._seen.popitem(last=False)
        return max(1, math.ceil(moments[0] + self._window - now)) if too_many else None
