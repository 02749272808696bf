"""Keeps rate limits, a number of calls at once and an interval: first come, first served.

A limiter never waits. A call takes a ticket, rests until the limiter lets it go, and leaves.
Threads, tasks and event loops share one limiter; whoever is awake lets the others go.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from ferrule_runtime.bounds import NEVER, Bound, Budget, Hold, Interval, Slots, Window, budget_of
from ferrule_runtime.forks import watch
from ferrule_runtime.latch import Latch

if TYPE_CHECKING:
    from ferrule_runtime.connector import Rate

# Lanes of single values beyond these are forgotten, where nobody is in them.
MOST_LANES = 4096
# Who waits behind others looks after the queue now and then: the first may be in a loop that died.
HEARTBEAT_SECONDS = 5.0
SHORTEST_REST_SECONDS = 1e-4


class Lane:
    """Calls that share the same bounds, in the order in which they came."""

    __slots__ = ("bounds", "due", "holds", "key", "keys", "only", "queue")

    def __init__(self, key: Any, named: Sequence[tuple[str, Bound]]) -> None:
        self.key = key
        self.bounds = tuple(bound for _, bound in named)
        # What the bounds are called where other processes keep them too.
        self.keys = tuple(name for name, _ in named)
        # The window, where it is all there is: what nearly every connector has.
        first = self.bounds[0] if len(self.bounds) == 1 else None
        self.only = first if isinstance(first, Window) and type(first) is Window else None
        self.queue: deque[Ticket] = deque()
        self.due = 0.0
        # Whether a call keeps something until it leaves.
        self.holds = any(isinstance(bound, (Slots, Interval)) for bound in self.bounds)

    @property
    def slack(self) -> float:
        """How late a call may go after it was let go."""
        return min(bound.slack for bound in self.bounds)


class Ticket:
    """One call's place: queued, then granted, then used; or it has left."""

    __slots__ = ("cost", "granted_at", "lane", "number", "rests_until", "signal", "state")

    def __init__(self, lane: Lane, cost: int, number: int) -> None:
        self.lane = lane
        self.cost = cost
        self.number = number
        self.granted_at = 0.0
        self.rests_until = NEVER
        self.state = "queued"
        self.signal: Latch | None = None

    @property
    def may_go(self) -> bool:
        """Whether the call may be sent now; what it took is used."""
        return self.state == "used"

    def cost_in(self, bound: Bound) -> int:
        return self.cost if bound.is_points else 1

    def wake(self) -> None:
        if self.signal is not None:
            self.signal.set()


class Limiter:
    """All bounds of one client. Several are taken at once or not at all."""

    def __init__(
        self,
        limits: "Mapping[str, tuple[Rate, ...]]",
        *,
        concurrency: int | None = None,
        min_interval: float | None = None,
        observed: Iterable[str] = (),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._clock = clock
        self._lock = Lock()
        self._buckets: dict[str, tuple[Budget, ...]] = {name: (Hold(),) for name in observed}
        # The rates that each value of a parameter has by itself, and what was made for values.
        self._apart: dict[str, tuple[Rate, ...]] = {}
        self._of_values: dict[tuple[str, int, str], Budget] = {}
        self.include(limits)
        self._everywhere: tuple[Bound, ...] = ()
        if concurrency is not None:
            self._everywhere += (Slots(concurrency),)
        if min_interval:
            self._everywhere += (Interval(min_interval, from_end=concurrency == 1),)
        self._lanes: dict[Any, Lane | None] = {}
        self._waiting = 0
        self._number = 0
        watch(self)

    @property
    def waiting(self) -> int:
        """How many calls wait to be let go."""
        return self._waiting

    def lane(self, names: tuple[str, ...]) -> Lane | None:
        """The lane of calls in these buckets; None where nothing bounds them."""
        with self._lock:
            if names not in self._lanes:
                named = [*self._together(names), *self._named_everywhere()]
                self._lanes[names] = Lane(names, named) if named else None
            return self._lanes[names]

    def include(self, limits: "Mapping[str, tuple[Rate, ...]]") -> None:
        """Keep these too; a bucket that is kept already stays as it is."""
        with self._lock:
            for name, rates in limits.items():
                known = self._buckets.get(name)
                if name in self._apart or (known and not isinstance(known[0], Hold)):
                    continue
                together = tuple(budget_of(rate) for rate in rates if rate.per is None)
                self._buckets[name] = together or known or ()
                apart = tuple(rate for rate in rates if rate.per is not None)
                if apart:
                    self._apart[name] = apart

    def places(self, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """Where the values stand that have limits of their own, for calls in these buckets."""
        return tuple(
            rate.per for name in names for rate in self._apart.get(name, ()) if rate.per is not None
        )

    def lane_of(self, names: tuple[str, ...], values: tuple[str, ...]) -> Lane | None:
        """The lane of calls with these values at the `places` of their buckets."""
        with self._lock:
            key = (names, values)
            lane = self._lanes.pop(key, None)
            if lane is None:
                if len(self._lanes) >= MOST_LANES:
                    self._forget(self._clock())
                lane = Lane(key, self._bounds_of(names, values))
            # The last one used stands last.
            self._lanes[key] = lane
            return lane

    def _together(self, names: tuple[str, ...]) -> list[tuple[str, Bound]]:
        """The bounds that all calls in these buckets share, each with its name.

        Each is named by its kind too: another version of a package may have one of another kind.
        """
        return [
            (f"bucket.{name}.{number}.{type(bound).__name__}", bound)
            for name in names
            for number, bound in enumerate(self._buckets.get(name, ()))
        ]

    def _named_everywhere(self) -> list[tuple[str, Bound]]:
        return [(f"all.{type(bound).__name__}", bound) for bound in self._everywhere]

    def _bounds_of(
        self, names: tuple[str, ...], values: tuple[str, ...]
    ) -> list[tuple[str, Bound]]:
        named = self._together(names)
        left = iter(values)
        for name in names:
            for number, rate in enumerate(self._apart.get(name, ())):
                value = next(left)
                key = (name, number, value)
                budget = self._of_values.get(key)
                if budget is None:
                    budget = self._of_values[key] = budget_of(rate)
                kind = type(budget).__name__
                named.append((f"value.{name}.{number}.{kind}.{_mark(value)}", budget))
        return named + self._named_everywhere()

    def _forget(self, now: float) -> None:
        """Let go of values that nobody uses: the longest unused half, where nothing counts."""
        for key in list(self._lanes)[: MOST_LANES // 2]:
            lane = self._lanes[key]
            of_values = bool(key) and isinstance(key[0], tuple)
            if of_values and lane is not None and not lane.queue:
                del self._lanes[key]
        needed = {id(bound) for lane in self._lanes.values() if lane for bound in lane.bounds}
        for name, budget in list(self._of_values.items()):
            if id(budget) not in needed and budget.is_idle(now):
                del self._of_values[name]

    def settle(self, lane: Lane, cost: int, actual: int) -> None:
        """A call that was taken for `cost` points has cost `actual`, as its answer tells."""
        if cost == actual:
            return
        with self._lock:
            now = self._clock()
            for bound in lane.bounds:
                if bound.is_points and not isinstance(bound, Slots):
                    bound.correct(now, cost, actual)
            if self._waiting and actual < cost:
                self._let_go(now)

    def adopt(self, name: str, count: int, seconds: float) -> None:
        """The service tells its rate; it is kept where none is declared."""
        with self._lock:
            for budget in self._buckets.get(name, ()):
                if isinstance(budget, Hold):
                    budget.adopt(count, seconds)

    def has(self, name: str) -> bool:
        """Whether there is a bucket of this name."""
        return name in self._buckets

    def pass_at_once(self, lane: Lane, cost: int = 1) -> bool:
        """Whether a call may go now; then it has taken and used its part, and needs no ticket.

        The short way for nearly every call: of a lane where nothing is held, while nobody waits.
        """
        with self._lock:
            if lane.holds or self._waiting:
                return False
            now = self._clock()
            only = lane.only
            if only is not None:
                return only.pass_at_once(now, cost if only.is_points else 1)
            bounds = lane.bounds
            for bound in bounds:
                if bound.free_at(now, cost if bound.is_points else 1) > now:
                    return False
            for bound in bounds:
                part = cost if bound.is_points else 1
                bound.take(now, part)
                bound.confirm(now, part)
            return True

    def enter(self, lane: Lane, cost: int = 1) -> Ticket:
        """Take a ticket; it `may_go` at once if nobody waits and everything is free."""
        with self._lock:
            self._number += 1
            # It may have been forgotten since it was asked for.
            lane = self._lanes.setdefault(lane.key, lane) or lane
            ticket = Ticket(lane, cost, self._number)
            now = self._clock()
            if not self._waiting and _is_free(ticket, now):
                _grant(ticket, now)
                _use(ticket)
                return ticket
            lane.queue.append(ticket)
            self._waiting += 1
            self._let_go(now)
            if ticket.state == "granted":
                _use(ticket)
            return ticket

    def delay(self, ticket: Ticket) -> float:
        """Seconds to rest on the ticket's signal before asking again; 0.0: go, it is used now."""
        with self._lock:
            now = self._clock()
            if ticket.state == "used":
                return 0.0
            if ticket.state == "granted" and now - ticket.granted_at > ticket.lane.slack:
                # It was let go long ago: going now could break a bound that others rely on.
                _return(ticket)
                ticket.state = "queued"
                ticket.lane.queue.appendleft(ticket)
                self._waiting += 1
            if ticket.state == "queued":
                self._let_go(now)
            if ticket.state == "granted":
                _use(ticket)
                return 0.0
            seconds = HEARTBEAT_SECONDS
            if ticket.lane.queue[0] is ticket:
                seconds = min(max(ticket.lane.due - now, 1e-4), HEARTBEAT_SECONDS)
            ticket.signal = Latch()
            ticket.rests_until = now + seconds
            return seconds

    def leave(self, ticket: Ticket) -> None:
        """The call is over, or it was given up: what it took and did not use is free again."""
        with self._lock:
            state, ticket.state = ticket.state, "left"
            if state == "left":
                return
            if state == "queued":
                self._waiting -= 1
            elif state == "granted":
                _return(ticket)
            else:
                self._end(ticket)
            if self._waiting:
                self._let_go(self._clock())

    def _end(self, ticket: Ticket) -> None:
        for bound in ticket.lane.bounds:
            if isinstance(bound, Slots):
                bound.give_back(ticket.granted_at, 1)
            elif isinstance(bound, Interval):
                bound.end(self._clock())

    def _let_go(self, now: float) -> None:
        """Grant what may go, in the order of arrival; tell whoever stands first when to look."""
        # A bound that holds up an earlier call is closed to later ones, so that none is overtaken.
        closed: set[int] = set()
        open_lanes = [lane for lane in self._lanes.values() if lane is not None and lane.queue]
        while open_lanes:
            for lane in open_lanes:
                while lane.queue and lane.queue[0].state == "left":
                    lane.queue.popleft()
            open_lanes = [lane for lane in open_lanes if lane.queue]
            if not open_lanes:
                return
            lane = min(open_lanes, key=lambda each: each.queue[0].number)
            ticket = lane.queue[0]
            times = {id(b): b.free_at(now, ticket.cost_in(b)) for b in lane.bounds}
            late = [bound for bound, at in times.items() if at > now or bound in closed]
            if late:
                closed.update(late)
                lane.due = max(times.values())
                if lane.due <= now:
                    lane.due = NEVER
                open_lanes.remove(lane)
                # Two that rest the shortest time must not wake each other in turns.
                if lane.due + SHORTEST_REST_SECONDS < ticket.rests_until:
                    ticket.wake()
                continue
            lane.queue.popleft()
            self._waiting -= 1
            _grant(ticket, now)
            ticket.wake()

    def observe(
        self,
        name: str,
        *,
        used: float | None = None,
        limit: float | None = None,
        remaining: float | None = None,
        reset_seconds: float | None = None,
    ) -> None:
        """What the service told of a bucket; it can only make the limiter more careful."""
        if remaining is None and used is not None and limit is not None:
            remaining = limit - used
        if remaining is None:
            return
        with self._lock:
            now = self._clock()
            budgets = self._buckets.get(name, ())
            # A header speaks of one bound; where it does not say which, of the longest.
            told = [budget for budget in budgets if limit is not None and budget.count == limit]
            for budget in told or sorted(budgets, key=lambda each: each.span)[-1:]:
                budget.reduce(now, max(0, int(remaining)))
                if remaining <= 0 and reset_seconds is not None:
                    budget.not_before = max(budget.not_before, now + max(0.0, reset_seconds))

    def after_fork(self) -> None:
        """In a child process: the threads that waited and the calls on their way are not here."""
        self._lock = Lock()
        self._waiting = 0
        for lane in self._lanes.values():
            if lane is not None:
                lane.queue.clear()
        for bound in self._everywhere:
            if isinstance(bound, Slots):
                bound.in_use = 0


def _is_free(ticket: Ticket, now: float) -> bool:
    for bound in ticket.lane.bounds:
        if bound.free_at(now, ticket.cost if bound.is_points else 1) > now:
            return False
    return True


def _grant(ticket: Ticket, now: float) -> None:
    ticket.state = "granted"
    ticket.granted_at = now
    for bound in ticket.lane.bounds:
        bound.take(now, ticket.cost if bound.is_points else 1)


def _use(ticket: Ticket) -> None:
    ticket.state = "used"
    for bound in ticket.lane.bounds:
        bound.confirm(ticket.granted_at, ticket.cost if bound.is_points else 1)


def _return(ticket: Ticket) -> None:
    for bound in ticket.lane.bounds:
        bound.give_back(ticket.granted_at, ticket.cost_in(bound))


def _mark(value: str) -> str:
    """What tells a value from others where it is not to be read."""
    from hashlib import sha256

    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:32]
