"""Counts what a client and all its copies have done."""

from itertools import count
from threading import Lock
from typing import Any

from ferrule_runtime.forks import watch
from ferrule_runtime.frozen import Frozen


class Stats(Frozen):
    """What a client and its copies have done so far, and what they hold now.

    `calls` are logical ones, requests for tokens among them; `attempts` are requests that were
    sent or tried. `failures` are attempts that ended in an error or in no answer. `waited_seconds`
    are pauses between attempts and waits for rate limits. `retry_quota` is what is left for
    retries; `waiting` calls wait for a rate limit now. `connections` are open, `idle_connections`
    of them unused: of our own wire only, None where an httpx client keeps them.
    """

    __slots__ = (
        "attempts",
        "calls",
        "connections",
        "failures",
        "idle_connections",
        "pages",
        "refreshes",
        "retries",
        "retry_quota",
        "waited_seconds",
        "waiting",
        "waits",
    )
    calls: int
    attempts: int
    retries: int
    failures: int
    waits: int
    waited_seconds: float
    refreshes: int
    pages: int
    retry_quota: int
    waiting: int
    connections: int | None
    idle_connections: int | None

    def __init__(self, **counted: Any) -> None:
        self._fill(**counted)


class Tally:
    """The counters of one installation. Only `calls` moves on the way of a call that succeeds."""

    __slots__ = (
        "__weakref__",
        "_lock",
        "_looks",
        "calls",
        "failures",
        "pages",
        "refreshes",
        "repeated",
        "retries",
        "waited_seconds",
        "waits",
    )

    def __init__(self) -> None:
        self._lock = Lock()
        # Counted by `next`, which no other thread can interrupt. Looking moves them, too: how
        # often that was is taken off.
        self.calls = count()
        self.pages = count()
        self._looks = 0
        self.retries = self.repeated = self.failures = self.refreshes = self.waits = 0
        self.waited_seconds = 0.0
        watch(self)

    def failed(self) -> None:
        """An attempt ended in an error or in no answer."""
        with self._lock:
            self.failures += 1

    def sent_again(self, *, is_retry: bool) -> None:
        """Another attempt of a call follows: a retry, or the same with a new token."""
        with self._lock:
            self.repeated += 1
            self.retries += is_retry

    def waited(self, seconds: float) -> None:
        """A call has waited or is about to."""
        with self._lock:
            self.waits += 1
            self.waited_seconds += seconds

    def refreshed(self) -> None:
        """A token has been fetched."""
        with self._lock:
            self.refreshes += 1

    def counted(self) -> dict[str, Any]:
        """The fields of Stats that are counted here."""
        with self._lock:
            calls, pages = next(self.calls) - self._looks, next(self.pages) - self._looks
            self._looks += 1
            return {
                "calls": calls,
                "attempts": calls + self.repeated,
                "retries": self.retries,
                "failures": self.failures,
                "waits": self.waits,
                "waited_seconds": self.waited_seconds,
                "refreshes": self.refreshes,
                "pages": pages,
            }

    def after_fork(self) -> None:
        """In a child process: whoever held the lock is not here."""
        self._lock = Lock()
