"""What the flows of one client share: budgets, clocks, chance, trusted origins, secrets."""

import time
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from ferrule_runtime.errors import ErrorTable
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.quota import Quota
from ferrule_runtime.secrecy import Secrets
from ferrule_runtime.stats import Tally

if TYPE_CHECKING:
    from ferrule_runtime.connector import Observe
    from ferrule_runtime.listening import Listening
    from ferrule_runtime.replies import Replies
    from ferrule_runtime.sharing import SharedLimits
    from ferrule_runtime.wire import Call, Origin

# Longer than this a call does not wait for a service that says when to come back.
MAX_WAIT_SECONDS = 120.0


def _chance() -> float:
    import random  # which few processes ever need

    return random.random()  # noqa: S311 - it spreads retries, and keeps no secret


class Policy:
    """Everything that decides about calls and is not the call. Chance and clocks are parameters.

    `clock` is monotonic and `now` the time since the epoch, both in seconds; `random` gives numbers
    from 0 to 1. `trusted` are the origins that credentials may go to. `listening` is None
    while nobody listens, which costs a call nothing; `shared` while no limits are kept with others.
    """

    __slots__ = (
        "clock",
        "connector",
        "limiter",
        "listening",
        "max_wait",
        "now",
        "observe",
        "quota",
        "random",
        "replies",
        "secrets",
        "shared",
        "table",
        "tally",
        "trusted",
    )

    def __init__(
        self,
        connector: str,
        *,
        table: Callable[[], ErrorTable] | None = None,
        limiter: Limiter | None = None,
        quota: Quota | None = None,
        secrets: Secrets | None = None,
        trusted: "AbstractSet[Origin]" = frozenset(),
        observe: "tuple[Observe, ...]" = (),
        max_wait: float = MAX_WAIT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
        chance: Callable[[], float] = _chance,
        replies: "Replies | None" = None,
        listening: "Listening | None" = None,
        tally: Tally | None = None,
        shared: "SharedLimits | None" = None,
    ) -> None:
        self.connector = connector
        self.table = table or ErrorTable
        self.limiter = limiter or Limiter({}, clock=clock)
        self.quota = quota or Quota()
        self.secrets = secrets or Secrets()
        self.trusted = trusted
        self.observe = observe
        self.max_wait = max_wait
        self.clock = clock
        self.now = now
        self.random = chance
        self.replies = replies
        self.listening = listening
        self.tally = tally or Tally()
        self.shared = shared

    def __repr__(self) -> str:
        return f"Policy({self.connector})"

    def varied(self, **changes: Any) -> "Policy":
        """The same policy, with the same budgets, but for these."""
        made = object.__new__(Policy)
        for name in Policy.__slots__:
            setattr(made, name, changes.get(name, getattr(self, name)))
        return made

    def seconds_left(self, call: "Call") -> float | None:
        """Until the call's deadline; None where it has none."""
        return None if call.deadline is None else call.deadline - self.clock()
