"""What a limiter counts: exact windows, spacing with a burst, slots, intervals.

A bound never waits and knows no lock: it is asked when so much would be free, told what is taken,
and told what was taken and not used.
"""

# ruff: noqa: ARG002 - every bound is asked in the same words, also one that needs fewer

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ferrule_runtime.connector import Rate

# Wider than declared: a thread that wakes late and a network that hurries must not break a limit.
MARGIN = 0.02
NEVER = float("inf")


class Window:
    """At most `count` in any span of `seconds`, exactly, by remembering what was taken."""

    __slots__ = (
        "_taken",
        "_total",
        "count",
        "is_points",
        "not_before",
        "seconds",
        "slack",
        "span",
    )

    def __init__(self, count: int, seconds: float, *, is_points: bool = False) -> None:
        self.count = count
        self.seconds = seconds
        self.span = seconds * (1.0 + MARGIN)
        self.slack = seconds * MARGIN
        self.is_points = is_points
        self.not_before = 0.0
        # Grows with use, so that a million a day costs nothing until they are spent.
        self._taken: deque[tuple[float, int]] = deque()
        self._total = 0

    def free_at(self, now: float, cost: int) -> float:
        """The earliest time, not before now, at which so much fits."""
        if now < self.not_before:
            return self.not_before
        cost = min(cost, self.count)
        if self._total + cost <= self.count:
            return now
        self._prune(now)
        excess = self._total + cost - self.count
        if excess <= 0:
            return now
        for at, spent in self._taken:
            excess -= spent
            if excess <= 0:
                return max(now, at + self.span)
        return now

    def pass_at_once(self, now: float, cost: int) -> bool:
        """Take so much if it is free now: the question and the answer in one step."""
        total = self._total + cost
        if total > self.count or now < self.not_before:
            if self.free_at(now, cost) > now:
                return False
            self.take(now, cost)
            return True
        self._total = total
        self._taken.append((now, cost))
        return True

    def take(self, now: float, cost: int) -> None:
        cost = min(cost, self.count)
        self._taken.append((now, cost))
        self._total += cost

    def give_back(self, at: float, cost: int) -> None:
        """What was taken then was not used."""
        entry = (at, min(cost, self.count))
        if entry in self._taken:
            self._taken.remove(entry)
            self._total -= entry[1]

    def confirm(self, at: float, cost: int) -> None:
        """What was taken then is used."""

    def correct(self, now: float, cost: int, actual: int) -> None:
        """The latest call that took `cost` has cost `actual`."""
        self._prune(now)
        told = min(cost, self.count)
        for index in range(len(self._taken) - 1, -1, -1):
            if self._taken[index][1] == told:
                self._taken[index] = (self._taken[index][0], actual)
                self._total += actual - told
                return
        self._taken.append((now, actual))
        self._total += actual

    def is_idle(self, now: float) -> bool:
        """Whether nothing that was taken counts any more."""
        self._prune(now)
        return self._total == 0 and now >= self.not_before

    def reduce(self, now: float, remaining: int) -> None:
        """The service says that no more than this is left."""
        self._prune(now)
        unknown = self.count - self._total - remaining
        if unknown > 0:
            self.take(now, unknown)

    def _prune(self, now: float) -> None:
        taken, horizon = self._taken, now - self.span
        while taken and taken[0][0] <= horizon:
            self._total -= taken.popleft()[1]


class Spacing:
    """`burst` at once, and one each `seconds / count` on from there (a bucket that leaks)."""

    __slots__ = (
        "_entries",
        "_full_at",
        "burst",
        "count",
        "is_points",
        "not_before",
        "slack",
        "span",
        "step",
    )

    def __init__(self, count: int, seconds: float, burst: int, *, is_points: bool = False) -> None:
        self.count = count
        self.burst = max(1, burst)
        self.is_points = is_points
        self.not_before = 0.0
        self.step = seconds / count * (1.0 + MARGIN)
        self.slack = seconds / count * MARGIN
        self.span = seconds
        # When the bucket, as it was before the entries that may still come back, is empty again.
        self._full_at = -NEVER
        self._entries: deque[list[float]] = deque()

    def _empty_at(self) -> float:
        empty_at = self._full_at
        for at, cost, _ in self._entries:
            empty_at = max(empty_at, at) + cost * self.step
        return empty_at

    def free_at(self, now: float, cost: int) -> float:
        """The earliest time, not before now, at which so much fits."""
        room = (self.burst - min(cost, self.burst)) * self.step
        return max(now, self.not_before, self._empty_at() - room)

    def take(self, now: float, cost: int) -> None:
        self._entries.append([now, min(cost, self.burst), 0.0])

    def give_back(self, at: float, cost: int) -> None:
        """What was taken then was not used."""
        entry = [at, min(cost, self.burst), 0.0]
        if entry in self._entries:
            self._entries.remove(entry)

    def confirm(self, at: float, cost: int) -> None:
        """What was taken then is used: it cannot come back."""
        entry = [at, min(cost, self.burst), 0.0]
        if entry in self._entries:
            self._entries[self._entries.index(entry)][2] = 1.0
        entries = self._entries
        while entries and entries[0][2]:
            at, spent, _ = entries.popleft()
            self._full_at = max(self._full_at, at) + spent * self.step

    def correct(self, now: float, cost: int, actual: int) -> None:
        """A call that took `cost` has cost `actual`."""
        told = min(cost, self.burst)
        self._full_at = max(self._full_at, now - told * self.step) + (actual - told) * self.step

    def is_idle(self, now: float) -> bool:
        """Whether nothing that was taken counts any more."""
        return self._empty_at() <= now and now >= self.not_before

    def reduce(self, now: float, remaining: int) -> None:
        """The service says that no more than this is left."""
        self._full_at = max(self._full_at, now + (self.burst - remaining) * self.step)


class Hold:
    """Until when the service has told to hold, and the rate that it tells, if it does."""

    __slots__ = ("_told", "not_before")
    is_points = False

    def __init__(self) -> None:
        self.not_before = 0.0
        self._told: Window | None = None

    @property
    def count(self) -> int:
        """How much the service allows; 0 where it has not told."""
        return 0 if self._told is None else self._told.count

    @property
    def span(self) -> float:
        return 0.0 if self._told is None else self._told.span

    @property
    def slack(self) -> float:
        return NEVER if self._told is None else self._told.slack

    def adopt(self, count: int, seconds: float) -> None:
        """Keep the rate that the service tells, where nobody has declared one."""
        if self._told is None or (self._told.count, self._told.seconds) != (count, seconds):
            self._told = Window(count, seconds)

    def free_at(self, now: float, cost: int) -> float:
        """The end of the hold, or when the rate allows so much."""
        at = max(now, self.not_before)
        return at if self._told is None else max(at, self._told.free_at(now, cost))

    def take(self, now: float, cost: int) -> None:
        if self._told is not None:
            self._told.take(now, cost)

    def give_back(self, at: float, cost: int) -> None:
        if self._told is not None:
            self._told.give_back(at, cost)

    def confirm(self, at: float, cost: int) -> None:
        """What was taken is used."""

    def correct(self, now: float, cost: int, actual: int) -> None:
        """Calls are counted here, not points."""

    def is_idle(self, now: float) -> bool:
        """Whether nothing holds and nothing counts."""
        return now >= self.not_before and (self._told is None or self._told.is_idle(now))

    def reduce(self, now: float, remaining: int) -> None:
        """The service says that no more than this is left."""
        if self._told is not None:
            self._told.reduce(now, remaining)


class Slots:
    """At most so many calls at once."""

    __slots__ = ("count", "in_use")
    is_points = False
    slack = NEVER

    def __init__(self, count: int) -> None:
        self.count = count
        self.in_use = 0

    def free_at(self, now: float, cost: int) -> float:
        """Now, or never of itself: a call that ends makes room."""
        return now if self.in_use < self.count else NEVER

    def take(self, now: float, cost: int) -> None:
        self.in_use += 1

    def give_back(self, at: float, cost: int) -> None:
        self.in_use = max(0, self.in_use - 1)

    def confirm(self, at: float, cost: int) -> None:
        """Kept until the call leaves."""


class Interval(Window):
    """One call each so many seconds; counted from the end of the last one if `from_end`."""

    __slots__ = ("from_end",)

    def __init__(self, seconds: float, *, from_end: bool) -> None:
        super().__init__(1, seconds)
        self.from_end = from_end

    def end(self, now: float) -> None:
        if self.from_end and self._taken:
            self._taken[-1] = (now, 1)


Budget = Window | Spacing | Hold
Bound = Budget | Slots


def budget_of(rate: "Rate") -> Budget:
    """The bound that keeps a declared rate."""
    if rate.burst is None:
        return Window(rate.count, rate.seconds, is_points=rate.points)
    return Spacing(rate.count, rate.seconds, rate.burst, is_points=rate.points)
