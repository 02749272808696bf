"""Limits in Redis: every question is one script, so that nobody comes in between."""

import atexit
from collections import deque
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ferrule_runtime.forks import watch
from ferrule_runtime.sharing import Away, WhenAway
from ferrule_runtime.sharing.passes import Answered, Pass
from ferrule_runtime.sharing.scripts import ADMIT, LEAVE, RENEW

if TYPE_CHECKING:
    from ferrule_runtime.limiter import Lane

# A store that does not answer at once is away, and is left alone for a moment.
SOCKET_SECONDS = 1.0
AWAY_SECONDS = 1.0
# Who waits for a place asks again this soon; who does not ask any more for four times as long has
# gone.
PATIENCE_SECONDS = 0.2
# The thread that gives back and renews ends when it has had nothing to do for so long.
IDLE_SECONDS = 1.0
_PIECE = 500


_open: "WeakSet[RedisLimits]" = WeakSet()


@atexit.register
def _give_back_all() -> None:
    """At the end of a process: what is held is free now, and not when its lease ends."""
    for limits in list(_open):
        limits.close()


class RedisLimits:
    """Shared limits in Redis. Made by `ferrule_runtime.sharing.redis_limits`."""

    __slots__ = (
        "__weakref__",
        "_admit",
        "_away_until",
        "_held",
        "_is_closing",
        "_keeper",
        "_leave",
        "_leaving",
        "_library",
        "_lock",
        "_name",
        "_redis",
        "_renew",
        "_wake",
        "_was_told",
        "lease_seconds",
        "when_away",
    )

    def __init__(self, redis: Any, *, name: str, when_away: WhenAway, lease_seconds: float) -> None:
        if when_away not in ("local", "open", "closed"):
            raise ValueError('when_away must be "local", "open" or "closed"')
        if not lease_seconds >= 1.0:
            raise ValueError("lease_seconds must be at least 1")
        library = redis_library()
        self._library = library
        self._redis = redis_client(redis)
        self._name = name
        self.when_away: WhenAway = when_away
        self.lease_seconds = lease_seconds
        self._admit = self._redis.register_script(ADMIT)
        self._leave = self._redis.register_script(LEAVE)
        self._renew = self._redis.register_script(RENEW)
        self._away_until = 0.0
        self._was_told = False
        self._begin()
        watch(self)
        _open.add(self)

    def _begin(self) -> None:
        self._lock = Lock()
        self._held: dict[str, tuple[str, ...]] = {}
        # What is to be given back, and until when: then its lease has ended by itself.
        self._leaving: deque[tuple[Pass, float]] = deque()
        self._wake = Event()
        self._keeper: Thread | None = None
        self._is_closing = False

    def __repr__(self) -> str:
        return f"RedisLimits(name={self._name!r}, when_away={self.when_away!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("shared limits cannot be pickled: make them anew in each process")

    @property
    def is_away(self) -> bool:
        """Whether Redis did not answer a moment ago."""
        return monotonic() < self._away_until

    def pass_of(self, connector: str, lane: "Lane", cost: int) -> Pass:
        """What a call asks with."""
        # In braces: a cluster keeps all of them on one node, where one script can see them.
        return Pass(f"ferrule:limits:{{{connector}:{self._name}}}:", lane, cost)

    def ask(self, given: Pass) -> Answered:
        """Whether the call may go, and when. Raises Away."""
        if self.is_away:
            raise Away("it did not answer a moment ago")
        words: list[Any] = [
            given.id,
            _micros(given.slack),
            _micros(self.lease_seconds),
            _micros(PATIENCE_SECONDS * 4),
        ]
        for bound in given.bounds:
            words += bound
        given.is_asked = True
        asked_at = monotonic()
        status, micros = self._run(self._admit, given.keys, words)
        answered_at = monotonic()
        if status == 1 and given.holds:
            self._hold(given)
        if given.is_left:
            # It was given up while the question was on its way.
            self._send_home(given)
        return Answered(
            micros / 1e6, may_go=status == 1, asked_at=asked_at, answered_at=answered_at
        )

    def leave(self, given: Pass, *, was_used: bool) -> None:
        """Give back what was taken and not used, and what is held; done by a thread of ours."""
        is_owed = given.is_asked and (given.holds or not was_used)
        if given.give_up(was_used=was_used) and is_owed:
            self._send_home(given)

    def renounce(self, given: Pass) -> None:
        """Give back the time that was promised, before asking for another one."""
        self._run(self._leave, given.keys, _leave_words(given, was_used=False))

    def should_warn(self) -> bool:
        """Whether nobody has been told yet that Redis is away."""
        was_told, self._was_told = self._was_told, True
        return not was_told

    def close(self) -> None:
        """Give back what is still to be given back, and end the thread until another call."""
        with self._lock:
            keeper, self._is_closing = self._keeper, True
        self._wake.set()
        if keeper is not None:
            keeper.join(SOCKET_SECONDS * 2)

    def _run(self, script: Any, keys: list[str], words: list[Any]) -> Any:
        reason = ""
        try:
            answer = script(keys=keys, args=words)
            self._was_told = False
            return answer
        except (self._library.RedisError, OSError) as error:
            # The text of such an error may hold an address with a password.
            reason = type(error).__name__
        self._away_until = monotonic() + AWAY_SECONDS
        raise Away(reason)

    # --- what is done behind the calls

    def _hold(self, given: Pass) -> None:
        slots = tuple(
            key for key, bound in zip(given.keys, given.bounds, strict=True) if bound[0] == "slots"
        )
        with self._lock:
            self._held[given.id] = slots
        self._start()

    def _send_home(self, given: Pass) -> None:
        with self._lock:
            self._held.pop(given.id, None)
            self._leaving.append((given, monotonic() + self.lease_seconds))
        self._start()
        self._wake.set()

    def _start(self) -> None:
        with self._lock:
            if self._keeper is not None:
                return
            self._is_closing = False
            self._keeper = Thread(target=self._keep, name="ferrule-limits", daemon=True)
            self._keeper.start()

    def _keep(self) -> None:
        """Give back and renew, until there is nothing held; started anew when there is."""
        renew_at = monotonic() + self.lease_seconds / 3
        while True:
            is_woken = self._wake.wait(max(0.0, min(renew_at - monotonic(), IDLE_SECONDS)))
            self._wake.clear()
            self._give_back()
            if monotonic() >= renew_at:
                self._renew_held()
                renew_at = monotonic() + self.lease_seconds / 3
            with self._lock:
                is_idle = not self._held and not is_woken
                is_done = not self._leaving or (self._is_closing and self.is_away)
                if is_done and (self._is_closing or is_idle):
                    self._keeper = None
                    return

    def _give_back(self) -> None:
        """Give back what is left; what could not be is tried again when Redis may be back."""
        while self._leaving:
            given, end = self._leaving[0]
            if monotonic() < end:
                if self.is_away:
                    return
                try:
                    self._run(self._leave, given.keys, _leave_words(given, was_used=given.was_used))
                except Away:
                    return
            self._leaving.popleft()

    def _renew_held(self) -> None:
        with self._lock:
            held = [(key, id_) for id_, keys in self._held.items() for key in keys]
        for first in range(0, len(held), _PIECE):
            piece = held[first : first + _PIECE]
            words = [_micros(self.lease_seconds), *(id_ for _, id_ in piece)]
            try:
                self._run(self._renew, [key for key, _ in piece], words)
            except Away:
                return

    def after_fork(self) -> None:
        """In a child process: the thread and what is held are the parent's."""
        self._begin()


def _leave_words(given: Pass, *, was_used: bool) -> list[Any]:
    words: list[Any] = [given.id, int(was_used)]
    for bound in given.bounds:
        words += [bound[0], bound[3]]
    return words


def _micros(seconds: float) -> int:
    return round(seconds * 1_000_000)


def redis_library() -> Any:
    """redis-py. Raises ConfigurationError where it is not installed."""
    from importlib import import_module

    from ferrule_runtime.errors import ConfigurationError

    try:
        return import_module("redis")
    except ImportError:
        pass
    raise ConfigurationError("Redis needs: pip install 'ferrule-runtime[redis]'")


def redis_client(given: Any) -> Any:
    """A client of redis-py from a URL, or the one that was given. Raises TypeError."""
    library = redis_library()
    if isinstance(given, str):
        return library.Redis.from_url(
            given, socket_timeout=SOCKET_SECONDS, socket_connect_timeout=SOCKET_SECONDS
        )
    if not isinstance(given, (library.Redis, getattr(library, "RedisCluster", library.Redis))):
        told = f"{type(given).__module__}.{type(given).__qualname__}"
        raise TypeError(f"redis must be a URL or a sync client of redis-py, not {told}")
    return given
