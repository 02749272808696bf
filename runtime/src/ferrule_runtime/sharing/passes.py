"""What a call asks the shared limits with: the bounds of its lane as plain numbers."""

from threading import Lock
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ferrule_runtime.bounds import Interval, Slots, Spacing, Window

if TYPE_CHECKING:
    from ferrule_runtime.limiter import Lane

# How late a call may go after its time has come, as a share of the shortest window: a limit is
# kept although threads wake late, and so much of it is left unused at most.
SLACK_SHARE = 0.04
LEAST_SLACK_SECONDS = 0.002


class Answered:
    """What the store said: `seconds` until the call may go, or until it is to ask again.

    `asked_at` and `answered_at` are times of the monotonic clock around the question.
    """

    __slots__ = ("answered_at", "asked_at", "may_go", "seconds")

    def __init__(
        self, seconds: float, *, may_go: bool, asked_at: float, answered_at: float
    ) -> None:
        self.seconds = seconds
        self.may_go = may_go
        self.asked_at = asked_at
        self.answered_at = answered_at


class Pass:
    """One call's place among all processes. `slack` is how late it may go, in seconds."""

    __slots__ = (
        "_lock",
        "bounds",
        "holds",
        "id",
        "is_asked",
        "is_left",
        "keys",
        "slack",
        "was_used",
    )

    def __init__(self, prefix: str, lane: "Lane", cost: int) -> None:
        self.id = uuid4().hex
        # Given up while a question is on its way: what that brings is given back.
        self.is_left = False
        self.was_used = False
        # Whether the store can know of it, although its answer may never have come.
        self.is_asked = False
        self._lock = Lock()
        self.holds = lane.holds
        self.keys: list[str] = []
        self.bounds: list[list[Any]] = []
        spans = []
        for name, bound in zip(lane.keys, lane.bounds, strict=True):
            words = _words(bound, cost)
            if words is None:
                continue
            self.keys.append(prefix + name)
            self.bounds.append(words)
            if isinstance(bound, Window):
                spans.append(bound.span)
            elif isinstance(bound, Spacing):
                spans.append(bound.step)
        self.slack = max(min(spans, default=1.0) * SLACK_SHARE, LEAST_SLACK_SECONDS)

    def __repr__(self) -> str:
        return f"Pass({self.id}, {len(self.keys)} bounds)"

    def give_up(self, *, was_used: bool) -> bool:
        """Mark it as left; False where that has been done before."""
        with self._lock:
            if self.is_left:
                return False
            self.is_left, self.was_used = True, was_used
            return True


def _words(bound: Any, cost: int) -> list[Any] | None:
    """A bound for the script: its kind and numbers, times in microseconds."""
    if isinstance(bound, Window):
        span = _micros(bound.span - bound.slack)
        if isinstance(bound, Interval) and bound.from_end:
            return ["interval", 1, span, 1]
        part = cost if bound.is_points else 1
        return [
            "points" if bound.is_points else "window",
            bound.count,
            span,
            min(part, bound.count),
        ]
    if isinstance(bound, Spacing):
        part = cost if bound.is_points else 1
        return ["spacing", bound.burst, _micros(bound.step), min(part, bound.burst)]
    if isinstance(bound, Slots):
        return ["slots", bound.count, 0, 1]
    return None


def _micros(seconds: float) -> int:
    return max(1, round(seconds * 1_000_000))
