"""Limits under a strict referee: a counted clock, late wake-ups, callers that give up."""

import asyncio
import heapq
import itertools
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule_runtime.bounds import MARGIN, Spacing, Window
from ferrule_runtime.contract import Observe, Rate
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.limiter import HEARTBEAT_SECONDS, Lane, Limiter, Ticket
from ferrule_runtime.wire import Reply
from tests.runtime.scripts import Clock, Stage, call_of, reply

EPSILON = 1e-6


@dataclass(frozen=True)
class Caller:
    """Somebody who comes, may be slow to wake up, and may give up."""

    at: float
    cost: int = 1
    lane: int = 0
    late: float = 0.0
    patience: float | None = None
    holds: float = 0.0


@dataclass
class Game:
    """A limiter, those who come, and when each of them went."""

    limiter: Limiter
    clock: Clock
    lanes: list[Lane]
    went: dict[int, float] = field(default_factory=dict)
    gave_up: set[int] = field(default_factory=set)

    def play(self, callers: list[Caller], *, most_events: int = 10_000) -> None:
        """Let time pass until everybody has gone or given up."""
        events: list[tuple[float, int, str, int]] = []
        count = 0

        def schedule(at: float, kind: str, who: int) -> None:
            nonlocal count
            count += 1
            heapq.heappush(events, (at, count, kind, who))

        tickets: dict[int, Ticket] = {}
        for who, caller in enumerate(callers):
            schedule(caller.at, "come", who)
        while events and count < most_events:
            at, _, kind, who = heapq.heappop(events)
            self.clock.time = max(self.clock.time, at)
            caller = callers[who]
            if kind == "come":
                tickets[who] = self.limiter.enter(self.lanes[caller.lane], caller.cost)
                if caller.patience is not None:
                    schedule(self.clock.time + caller.patience, "leave", who)
                schedule(self.clock.time, "wake", who)
            elif kind == "wake" and who not in self.went and who not in self.gave_up:
                seconds = self.limiter.delay(tickets[who])
                if seconds <= 0.0:
                    self.went[who] = self.clock.time
                    schedule(self.clock.time + caller.holds, "end", who)
                else:
                    schedule(self.clock.time + seconds + caller.late, "wake", who)
            elif kind == "leave" and who not in self.went and who not in self.gave_up:
                self.gave_up.add(who)
                self.limiter.leave(tickets[who])
            elif kind == "end":
                self.limiter.leave(tickets[who])
            for other, ticket in tickets.items():
                is_waiting = other not in self.went and other not in self.gave_up
                if is_waiting and ticket.signal is not None and ticket.signal.is_set:
                    ticket.signal = None
                    schedule(self.clock.time + callers[other].late, "wake", other)
        assert not events, "nobody gets on"


def game(*lanes: tuple[str, ...], limits: Mapping[str, tuple[Rate, ...]], **given: Any) -> Game:
    clock = Clock(0.0)
    limiter = Limiter(limits, clock=clock, **given)
    found = [limiter.lane(names) for names in lanes or [("default",)]]
    assert all(lane is not None for lane in found)
    return Game(limiter, clock, [lane for lane in found if lane is not None])


def most_in_a_span(times: Iterable[tuple[float, int]], seconds: float) -> int:
    """The most that went in any half-open span of so many seconds."""
    events = sorted(times)
    most = total = first = 0
    for at, cost in events:
        total += cost
        while events[first][0] <= at - seconds + EPSILON:
            total -= events[first][1]
            first += 1
        most = max(most, total)
    return most


CALLERS = st.lists(
    st.builds(
        Caller,
        at=st.floats(0, 5),
        cost=st.integers(1, 3),
        lane=st.integers(0, 1),
        late=st.sampled_from([0.0, 0.0, 0.001, 0.05, 0.7]),
        patience=st.none() | st.floats(0, 3),
        holds=st.sampled_from([0.0, 0.1, 1.0]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150)
@given(callers=CALLERS, count=st.integers(1, 6), narrow=st.integers(1, 3))
def test_no_window_is_ever_overfull(callers: list[Caller], count: int, narrow: int) -> None:
    """Windows of two buckets at once, late wake-ups, callers that give up while they wait."""
    played = game(
        ("default",),
        ("default", "search"),
        limits={
            "default": (Rate(count, 1.0), Rate(count * 2, 3.0)),
            "search": (Rate(narrow, 2.0), Rate(9, 2.0, points=True)),
        },
    )
    played.play(callers)
    assert played.went.keys() | played.gave_up == set(range(len(callers)))
    all_of_them = [(at, 1) for at in played.went.values()]
    searches = {who: at for who, at in played.went.items() if callers[who].lane == 1}
    assert most_in_a_span(all_of_them, 1.0) <= count
    assert most_in_a_span(all_of_them, 3.0) <= count * 2
    assert most_in_a_span([(at, 1) for at in searches.values()], 2.0) <= narrow
    points = [(at, callers[who].cost) for who, at in searches.items()]
    assert most_in_a_span(points, 2.0) <= 9


@settings(max_examples=100)
@given(callers=CALLERS, count=st.integers(1, 5), burst=st.integers(1, 6))
def test_a_burst_and_then_even_spacing(callers: list[Caller], count: int, burst: int) -> None:
    played = game(("default",), ("default",), limits={"default": (Rate(count, 1.0, burst=burst),)})
    played.play(callers)
    times = sorted(played.went.values())
    for first, begin in enumerate(times):
        for last in range(first, len(times)):
            allowed = burst + (times[last] - begin) * count
            assert last - first + 1 <= allowed + EPSILON


@settings(max_examples=100)
@given(callers=CALLERS, slots=st.integers(1, 3))
def test_never_more_at_once_than_slots(callers: list[Caller], slots: int) -> None:
    played = game(("any",), ("other",), limits={}, concurrency=slots)
    played.play(callers)
    steps = sorted(
        step for who, at in played.went.items() for step in ((at, 1), (at + callers[who].holds, 0))
    )
    running = 0
    for _, starts in steps:
        running += 1 if starts else -1
        assert running <= slots
    assert played.went.keys() | played.gave_up == set(range(len(callers)))


@settings(max_examples=100)
@given(
    callers=st.lists(
        st.builds(Caller, at=st.floats(0, 3), patience=st.none() | st.floats(0.01, 4)),
        min_size=1,
        max_size=30,
    ),
    count=st.integers(1, 4),
)
def test_who_gives_up_leaves_no_gap(callers: list[Caller], count: int) -> None:
    """The others go exactly when they would if those who gave up had never come."""
    together = game(limits={"default": (Rate(count, 1.0),)})
    together.play(callers)
    patient = [who for who in range(len(callers)) if who not in together.gave_up]
    alone = game(limits={"default": (Rate(count, 1.0),)})
    alone.play([Caller(callers[who].at) for who in patient])
    for place, who in enumerate(patient):
        assert together.went[who] == pytest.approx(alone.went[place], abs=1e-3)


@settings(max_examples=100)
@given(
    callers=st.lists(st.builds(Caller, at=st.floats(0, 3)), min_size=1, max_size=40),
    count=st.integers(1, 4),
)
def test_first_come_first_served(callers: list[Caller], count: int) -> None:
    played = game(limits={"default": (Rate(count, 1.0),)})
    played.play(callers)
    by_arrival = sorted(range(len(callers)), key=lambda who: (callers[who].at, who))
    times = [played.went[who] for who in by_arrival]
    assert times == sorted(times)


def test_a_cheap_call_does_not_overtake_a_dear_one() -> None:
    played = game(limits={"default": (Rate(10, 1.0, points=True),)})
    played.play([Caller(0.0, cost=8), Caller(0.1, cost=8), Caller(0.2, cost=1)])
    assert played.went[2] >= played.went[1] >= 1.0


def test_a_full_bucket_does_not_hold_up_calls_of_others() -> None:
    played = game(
        ("default", "search"),
        ("default",),
        limits={"default": (Rate(10, 1.0),), "search": (Rate(1, 60.0),)},
    )
    played.play([Caller(0.0, lane=0), Caller(0.1, lane=0), Caller(0.2, lane=1)])
    assert played.went[2] == 0.2
    assert played.went[1] == pytest.approx(60.0 * (1 + MARGIN), rel=1e-3)


def test_a_cost_larger_than_the_budget_takes_all_of_it() -> None:
    played = game(limits={"default": (Rate(5, 1.0, points=True),)})
    played.play([Caller(0.0, cost=99), Caller(0.0, cost=1)])
    assert played.went[0] == 0.0
    assert played.went[1] >= 1.0


def test_forty_a_second_is_forty_in_any_second() -> None:
    played = game(limits={"default": (Rate(40, 1.0),)})
    played.play([Caller(0.0)] + [Caller(0.9)] * 119)
    times = [(at, 1) for at in played.went.values()]
    assert most_in_a_span(times, 1.0) == 40
    assert max(played.went.values()) < 0.9 + 2 * (1 + MARGIN) + 0.01


def test_one_who_never_wakes_up_holds_up_nobody() -> None:
    played = game(limits={"default": (Rate(1, 1.0),)})
    lane = played.lanes[0]
    assert played.limiter.enter(lane).may_go
    played.limiter.enter(lane)  # in an event loop that was stopped: never asks again
    played.play([Caller(0.1), Caller(0.1)])
    assert len(played.went) == 2
    assert max(played.went.values()) <= 3 * HEARTBEAT_SECONDS


def test_an_interval_is_kept_between_the_starts_of_calls() -> None:
    played = game(("any",), limits={}, min_interval=0.5)
    played.play([Caller(0.0), Caller(0.0), Caller(0.0), Caller(5.0)])
    times = sorted(played.went.values())
    assert times[0] == 0.0
    assert all(later - earlier >= 0.5 for earlier, later in itertools.pairwise(times))
    assert times[3] == 5.0


def test_one_at_a_time_keeps_the_interval_from_the_end_of_a_call() -> None:
    played = game(("any",), limits={}, min_interval=0.5, concurrency=1)
    played.play([Caller(0.0, holds=2.0), Caller(0.0, holds=2.0)])
    assert played.went[1] >= 2.5


def test_nothing_bounds_a_call_of_no_bucket() -> None:
    limiter = Limiter({"search": (Rate(1, 60.0),)})
    assert limiter.lane(("default",)) is None
    stage = Stage(limiter=limiter)
    stage.play(limited(call_of(lane=None), stage.policy), [reply()])


def test_a_deadline_ends_the_wait_for_a_limit() -> None:
    from ferrule_runtime.wire import WireFault

    stage = Stage()
    limiter = Limiter({"default": (Rate(1, 60.0),)}, clock=stage.clock)
    stage.policy.limiter = limiter
    lane = limiter.lane(("default",))
    stage.play(limited(call_of(lane=lane), stage.policy), [reply()])
    call = call_of(lane=lane, deadline=stage.clock.time + 3.0)
    with pytest.raises(WireFault) as caught:
        stage.play(limited(call, stage.policy), [])
    assert caught.value.is_own_deadline
    assert stage.clock.time == pytest.approx(1003.0)


def observed(text: str, pattern: tuple[Any, ...]) -> tuple[Limiter, Lane, Stage]:
    stage = Stage(observe=(Observe("X-Limit", pattern),))
    limiter = Limiter({"default": (Rate(40, 10.0),)}, clock=stage.clock, observed=["default"])
    stage.policy.limiter = limiter
    lane = limiter.lane(("default",))
    assert lane is not None
    stage.play(limited(call_of(lane=lane), stage.policy), [reply(x_limit=text)])
    return limiter, lane, stage


def test_what_the_service_tells_makes_the_limiter_more_careful() -> None:
    limiter, lane, _ = observed("38/40", (("used", None), "/", ("limit", None)))
    assert [limiter.enter(lane).may_go for _ in range(3)] == [True, True, False]


def test_a_told_reset_holds_the_bucket() -> None:
    pattern = ("remaining=", ("remaining", None), "; resets=", ("reset", "seconds"))
    limiter, lane, stage = observed("remaining=0; resets=25", pattern)
    ticket = limiter.enter(lane)
    assert not ticket.may_go
    stage.clock.time += 25.0
    assert limiter.delay(ticket) == 0.0


def test_a_header_that_cannot_be_read_changes_nothing() -> None:
    limiter, lane, _ = observed("many/some", (("used", None), "/", ("limit", None)))
    assert all(limiter.enter(lane).may_go for _ in range(39))


def test_threads_and_tasks_share_a_limit() -> None:
    limiter = Limiter({"default": (Rate(10, 0.3),)})
    lane = limiter.lane(("default",))
    stage = Stage(limiter=limiter)
    stage.policy.clock = time.monotonic
    went: list[float] = []
    lock = threading.Lock()

    def send(_: Any) -> Reply:
        with lock:
            went.append(time.monotonic())
        return reply()

    async def send_async(call: Any) -> Reply:
        return send(call)

    def in_thread() -> None:
        drive(limited(call_of(lane=lane), stage.policy), send)

    def in_loop() -> None:
        async def many() -> None:
            flows = [limited(call_of(lane=lane), stage.policy) for _ in range(10)]
            await asyncio.gather(*(drive_async(flow, send_async) for flow in flows))

        asyncio.run(many())

    threads = [threading.Thread(target=in_thread) for _ in range(15)]
    threads += [threading.Thread(target=in_loop) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20.0)
        assert not thread.is_alive()
    assert len(went) == 35


def test_a_waiting_task_does_not_hold_up_its_event_loop_and_gives_its_place_back() -> None:
    async def main() -> None:
        limiter = Limiter({"default": (Rate(5, 1000.0),)})
        lane = limiter.lane(("default",))
        assert lane is not None
        stage = Stage(limiter=limiter)

        async def send(_: Any) -> Reply:
            await asyncio.sleep(1000)
            raise AssertionError("nobody waits that long")

        tasks = [
            asyncio.create_task(drive_async(limited(call_of(lane=lane), stage.policy), send))
            for _ in range(50)
        ]
        ticks = 0
        for _ in range(20):
            await asyncio.sleep(0)
            ticks += 1
        assert ticks == 20
        for task in tasks[5:]:
            task.cancel()
        await asyncio.gather(*tasks[5:], return_exceptions=True)
        assert not [ticket for ticket in lane.queue if ticket.state == "queued"]
        for task in tasks[:5]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(main())


def test_a_concurrency_place_is_given_back_however_a_call_ends() -> None:
    limiter = Limiter({}, concurrency=1)
    lane = limiter.lane(())
    stage = Stage(limiter=limiter)

    def fails(_: Any) -> Reply:
        raise RuntimeError("somebody's hook")

    for _ in range(3):
        with pytest.raises(RuntimeError):
            drive(limited(call_of(lane=lane), stage.policy), fails)

    async def main() -> None:
        async def hangs(_: Any) -> Reply:
            await asyncio.sleep(1000)
            return reply()

        task = asyncio.create_task(drive_async(limited(call_of(lane=lane), stage.policy), hangs))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    streamed = reply()
    streamed.stream = iter((b"x",))
    drive(limited(call_of(lane=lane, is_streaming=True), stage.policy), lambda _: streamed)
    assert lane is not None
    waiting = limiter.enter(lane)
    assert not waiting.may_go
    streamed.closed()
    streamed.closed()
    assert limiter.delay(waiting) == 0.0


def test_a_dear_call_is_not_overtaken_by_a_cheap_one_of_another_lane() -> None:
    limits = {"default": (Rate(10, 1.0, points=True),), "other": (Rate(100, 1.0),)}
    played = game(("default",), ("default", "other"), limits=limits)
    callers = [Caller(0.0, cost=8), Caller(0.1, cost=8)]
    played.play([*callers, *(Caller(0.2, cost=2, lane=1) for _ in range(3))])
    assert min(played.went[who] for who in (2, 3, 4)) >= played.went[1] >= 1.0


def test_a_place_that_was_granted_and_not_used_is_free_again() -> None:
    played = game(limits={"default": (Rate(1, 10.0),)})
    limiter, lane, clock = played.limiter, played.lanes[0], played.clock
    assert limiter.enter(lane).may_go
    waiting = [limiter.enter(lane) for _ in range(3)]
    clock.time = 10.0 * (1 + MARGIN) + EPSILON
    assert limiter.delay(waiting[1]) > 0.0
    assert [ticket.state for ticket in waiting] == ["granted", "queued", "queued"]
    limiter.leave(waiting[0])
    assert waiting[1].state == "granted"
    assert limiter.delay(waiting[1]) == 0.0
    assert limiter.delay(waiting[2]) > 0.0


def test_of_several_grants_the_very_one_is_given_back() -> None:
    window = Window(2, 10.0)
    window.take(0.0, 1)
    window.take(5.0, 1)
    window.give_back(0.0, 1)
    window.take(6.0, 1)
    assert window.free_at(6.0, 1) == pytest.approx(5.0 + 10.0 * (1 + MARGIN))
    window.give_back(99.0, 1)
    assert window.free_at(6.0, 1) > 6.0


def test_a_burst_that_was_granted_and_not_used_is_free_again() -> None:
    spacing = Spacing(1, 1.0, 2)
    step = 1.0 + MARGIN
    spacing.take(0.0, 1)
    spacing.take(0.5, 1)
    assert spacing.free_at(0.5, 1) == pytest.approx(step)
    spacing.give_back(0.0, 1)
    # As if the first had never been: it is the second that counts, from its own time on.
    assert spacing.free_at(0.5, 1) == 0.5
    spacing.confirm(0.5, 1)
    spacing.take(0.5, 1)
    spacing.confirm(0.5, 1)
    assert spacing.free_at(0.5, 1) == pytest.approx(0.5 + step)
    assert spacing.free_at(100.0, 2) == 100.0
