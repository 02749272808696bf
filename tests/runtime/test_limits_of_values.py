"""Budgets of single values: kept apart, forgotten when nobody uses them, corrected as told."""

import pytest

from ferrule_runtime import limiter as limiting
from ferrule_runtime.bounds import Hold, Spacing, Window
from ferrule_runtime.connector import Rate
from ferrule_runtime.flows.standard_limits import observe_standard
from ferrule_runtime.limiter import Limiter

PER = ("body", "channel")
NAMES = ("posting",)


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_values_are_apart_and_what_holds_for_all_holds_for_each() -> None:
    limiter = Limiter({"posting": (Rate(3, 60.0), Rate(1, 60.0, per=PER))}, clock=Clock())
    assert limiter.places(NAMES) == (PER,)
    lanes = {value: limiter.lane_of(NAMES, (value,)) for value in "abcd"}
    went = [value for value, lane in lanes.items() if lane and limiter.pass_at_once(lane)]
    assert went == ["a", "b", "c"]
    again = limiter.lane_of(NAMES, ("a",))
    assert again is lanes["a"]


def test_values_that_nobody_uses_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MOST_LANES", 10)
    clock = Clock()
    limiter = Limiter({"posting": (Rate(1, 1.0, per=PER),)}, clock=clock)
    kept = limiter.lane_of(NAMES, ("kept",))
    assert kept is not None
    assert limiter.pass_at_once(kept)
    for number in range(100):
        clock.time += 0.1
        lane = limiter.lane_of(NAMES, (str(number),))
        assert lane is not None
        assert limiter.pass_at_once(lane)
    assert len(limiter._lanes) <= 11
    assert len(limiter._of_values) <= 25


def test_a_lane_that_was_forgotten_meanwhile_lets_its_calls_go() -> None:
    clock = Clock()
    limiter = Limiter({"posting": (Rate(1, 1.0, per=PER),)}, clock=clock)
    lane = limiter.lane_of(NAMES, ("a",))
    assert lane is not None
    limiter._lanes.clear()
    first, second = limiter.enter(lane), limiter.enter(lane)
    assert first.may_go
    assert not second.may_go
    clock.time += 2.0
    assert limiter.delay(second) == 0.0
    assert second.may_go


@pytest.mark.parametrize("actual", [1, 40, 100, 250])
def test_what_a_call_has_cost_counts(actual: int) -> None:
    clock = Clock()
    limiter = Limiter({"default": (Rate(100, 60.0, points=True),)}, clock=clock)
    lane = limiter.lane(("default",))
    assert lane is not None
    assert limiter.pass_at_once(lane, 50)
    limiter.settle(lane, 50, actual)
    (window,) = lane.bounds
    assert isinstance(window, Window)
    assert window.free_at(0.0, max(1, 100 - actual)) == (0.0 if actual < 100 else 60.0 * 1.02)
    clock.time = 62.0
    assert window.free_at(62.0, 100) == 62.0
    assert window.is_idle(62.0)


def test_a_bucket_that_leaks_is_corrected_too() -> None:
    bound = Spacing(60, 60.0, 10, is_points=True)
    bound.take(0.0, 5)
    bound.confirm(0.0, 5)
    bound.correct(0.0, 5, 10)
    assert bound.free_at(0.0, 1) == pytest.approx(1.02)
    bound.correct(0.0, 5, 0)
    assert bound.free_at(0.0, 5) == 0.0
    assert bound.is_idle(60.0)


@pytest.mark.parametrize(
    "told",
    [
        f'"default";r=0;t={"9" * 400}',
        f'"default";r={"9" * 400};t=1',
        f'"default";q={"9" * 400};w=1',
        f"{'9' * 400};w=60",
        f"limit={'9' * 400}, remaining={'9' * 400}, reset=1",
        "a;" + "=" * 1000 + '"',
        '"' * 1001,
        " " * 1000 + '"',
        "a;" * 500 + "a ; = \\",
    ],
)
def test_what_no_service_means_says_nothing(told: str) -> None:
    limiter = Limiter({"own": (Rate(5, 1.0),)}, clock=Clock(), observed=["default"])
    observe_standard(told, "default", limiter)
    observe_standard(told, "own", limiter)
    for name in ("own", "default"):
        lane = limiter.lane((name,))
        assert lane is not None
        assert limiter.pass_at_once(lane)


def test_units_of_a_quota_are_passed_over() -> None:
    limiter = Limiter({}, clock=Clock(), observed=["default"])
    observe_standard('"default";q=2;qu="a, b";w=10', "default", limiter)
    lane = limiter.lane(("default",))
    assert lane is not None
    assert [limiter.pass_at_once(lane) for _ in range(3)] == [True, True, False]


def test_a_rate_that_the_service_tells_is_kept_where_none_is_declared() -> None:
    clock = Clock()
    limiter = Limiter({"own": (Rate(5, 1.0),)}, clock=clock, observed=["default"])
    observe_standard('"default";q=2;w=10, "own";q=1;w=3600', "default", limiter)
    lane = limiter.lane(("default",))
    assert lane is not None
    assert [limiter.pass_at_once(lane) for _ in range(3)] == [True, True, False]
    (hold,) = lane.bounds
    assert isinstance(hold, Hold)
    assert (hold.count, hold.is_idle(0.0), hold.is_idle(11.0)) == (2, False, True)
    own = limiter.lane(("own",))
    assert own is not None
    assert all(limiter.pass_at_once(own) for _ in range(5))
