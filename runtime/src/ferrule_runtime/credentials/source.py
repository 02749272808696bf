"""Holds a token that all callers share, and elects who fetches the next one."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from ferrule_runtime.forks import watch
from ferrule_runtime.latch import Abandoned, Latch
from ferrule_runtime.wire import Credential

# After a refresh ahead of time has failed, the old token is used for so long before another try.
RETRY_AFTER_SECONDS = 5.0
FOREVER = float("inf")


class TokenSource:
    """One token for threads, tasks and event loops; fetched once, whoever asks.

    A token is replaced `early`; while one caller does that, the others go on with the old one. When
    it has expired or was refused, they wait for the new one, or for its error.
    """

    __slots__ = (
        "__weakref__",
        "_clock",
        "_flight",
        "_held",
        "_lock",
    )

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._flight: Latch | None = None
        # Token, when it is stale, when it expires: one tuple, so that a reader without the lock
        # never sees one token with the times of another.
        self._held: tuple[Credential, float, float] | None = None
        watch(self)

    def __repr__(self) -> str:
        return f"TokenSource({'empty' if self._held is None else 'a token, hidden'})"

    def current(self) -> Credential | None:
        """The token if it need not be replaced yet. No lock: this is asked by every call."""
        held = self._held
        return held[0] if held is not None and self._clock() < held[1] else None

    def keep(
        self, credential: Credential, *, stale_at: float = FOREVER, expires_at: float = FOREVER
    ) -> None:
        """Hold a new token; times are those of the monotonic clock."""
        with self._lock:
            self._held = (credential, stale_at, expires_at)

    def invalidate(self, refused: Credential) -> None:
        """The service does not take this token. If it was replaced meanwhile, nothing happens."""
        with self._lock:
            if self._held is not None and self._held[0] is refused:
                self._held = None

    def forget(self) -> None:
        """Hold nothing, whoever has it."""
        with self._lock:
            self._held = None

    def claim(self) -> tuple[Credential | None, Latch | None, bool]:
        """(the token, None, False), or (None, the flight, whether the caller is to fetch)."""
        with self._lock:
            held, now = self._held, self._clock()
            if held is not None and now < held[1]:
                return held[0], None, False
            if self._flight is not None:
                if held is not None and now < held[2]:
                    return held[0], None, False
                return None, self._flight, False
            self._flight = Latch()
            return None, self._flight, True

    def land(
        self, flight: Latch, value: Credential | None, error: BaseException | None
    ) -> Credential | None:
        """End a flight: everybody who waits gets the token, or the error.

        An error is hidden as long as the old token is good: that one is given instead.
        """
        instead: Credential | None = None
        with self._lock:
            if self._flight is flight:
                self._flight = None
            held, now = self._held, self._clock()
            # An abandoned flight is no error: whoever waits tries at once.
            is_failure = isinstance(error, Exception) and not isinstance(error, Abandoned)
            if is_failure and held is not None and now < held[2]:
                instead = held[0]
                self._held = (held[0], min(now + RETRY_AFTER_SECONDS, held[2]), held[2])
        if instead is not None:
            flight.set(instead)
        else:
            flight.set(value, error)
        return instead

    def after_fork(self) -> None:
        """In a child process: the thread that was fetching is not here."""
        self._lock = Lock()
        self._flight = None
