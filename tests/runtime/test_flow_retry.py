"""Retry vectors: the numbers that the standard retry mode of the large clouds is held to.

There are two sets of them, each with constants of its own: a retry costs 5 and pauses begin at one
second in the older one; in the newer one, whose costs are ours, it is 14, or 5 where the service
asked for patience, and pauses begin at 50 ms.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime import errors as base
from ferrule_runtime.contract import Errors, Outcome, Retry, header, wait
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.retry import backoff_seconds
from ferrule_runtime.quota import CAPACITY, STANDARD, Costs, Quota
from ferrule_runtime.wire import Pause, Send
from tests.runtime.scripts import Stage, call_of, lost, play, reply

OLDER = Costs(retry=5, timeout=10, limited=5)


@dataclass(frozen=True)
class Vector:
    """Calls that share one quota: the statuses of each, and what must come of them."""

    name: str
    costs: Costs
    quota: int
    left: int
    calls: tuple[tuple[list[int], bool], ...]
    attempts: int = 3
    backoff: tuple[float, float] = (0.05, 20.0)
    pauses: tuple[float, ...] | None = None


def _both(name: str, older: tuple[int, int], newer: tuple[int, int], **given: Any) -> list[Vector]:
    return [
        Vector(f"older: {name}", OLDER, *older, **given),
        Vector(f"newer: {name}", STANDARD, *newer, **given),
    ]


PASSES = ([500, 500, 200], True)
VECTORS = [
    *_both("succeeds in the end", (500, 495), (500, 486), calls=(PASSES,)),
    *_both("runs out of attempts", (500, 490), (500, 472), calls=(([502, 502, 502], False),)),
    *_both("runs out of quota after one retry", (5, 0), (14, 0), calls=(([500, 502], False),)),
    *_both("has no quota at all", (0, 0), (0, 0), calls=(([500], False),)),
    *_both(
        "stops where the quota ends",
        (10, 0),
        (28, 0),
        calls=(([500, 502, 503], False),),
        attempts=5,
    ),
    *_both(
        "recovers by successes",
        (15, 10),
        (42, 28),
        calls=(([500, 502, 200], True), ([500, 200], True)),
        attempts=5,
    ),
    Vector(
        "older: doubles its pauses",
        OLDER,
        500,
        480,
        (([500] * 5, False),),
        attempts=5,
        backoff=(1.0, 20.0),
        pauses=(1, 2, 4, 8),
    ),
    Vector(
        "older: caps its pauses",
        OLDER,
        500,
        480,
        (([500] * 5, False),),
        attempts=5,
        backoff=(1.0, 3.0),
        pauses=(1, 2, 3, 3),
    ),
    Vector(
        "newer: doubles its pauses from 50 ms to 20 s",
        STANDARD,
        500,
        500 - 14 * 11,
        (([500] * 12, False),),
        attempts=12,
        pauses=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 20, 20),
    ),
    Vector(
        "newer: being asked for patience costs less",
        STANDARD,
        500,
        490,
        (([429, 429, 429], False),),
    ),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_vector(vector: Vector) -> None:
    stage = Stage(quota=Quota(vector.quota, vector.costs))
    for statuses, is_success in vector.calls:
        call = call_of(retry=Retry(attempts=vector.attempts, backoff=vector.backoff))
        script = [reply(status) for status in statuses]
        if is_success:
            play(stage, call, *script)
        else:
            with pytest.raises(base.StatusError):
                play(stage, call, *script)
        assert call.attempt == len(statuses)
    if vector.pauses is not None:
        assert stage.pauses == pytest.approx(vector.pauses)
    assert stage.policy.quota.left == vector.left


@pytest.mark.parametrize(("costs", "left"), [(OLDER, 495), (STANDARD, 486)])
def test_a_vector_of_two_calls_at_once(costs: Costs, left: int) -> None:
    """One succeeds at the third attempt and one at the second, their attempts taking turns."""
    stage = Stage(quota=Quota(500, costs))
    retry = Retry(attempts=5, backoff=(0.05, 20.0))
    running = [
        (calling(call_of(retry=retry), stage.policy), iter(statuses))
        for statuses in ([500, 500, 200], [500, 200])
    ]
    wishes: list[Any] = [next(flow) for flow, _ in running]
    ended = 0
    while ended < len(running):
        for index, (flow, statuses) in enumerate(running):
            wish = wishes[index]
            if wish is None:
                continue
            assert isinstance(wish, (Send, Pause))
            try:
                answer = reply(next(statuses)) if isinstance(wish, Send) else None
                wishes[index] = flow.send(answer)
            except StopIteration:
                wishes[index] = None
                ended += 1
    assert stage.policy.quota.left == left


@pytest.mark.parametrize(
    ("told", "pause"),
    [("1500", 1.5), ("10000", 5.05), ("0", 0.05), ("-100", 0.05), ("invalid", 0.05)],
)
def test_a_vector_of_what_the_service_tells(told: str, pause: float) -> None:
    """The newer set: milliseconds, not less than our own pause, not more than 5 s above it."""
    errors = Errors(
        statuses={500: Outcome("retry", wait=(wait(header("x-retry-ms"), "milliseconds"),))}
    )
    stage = Stage()
    retry = Retry(attempts=2, backoff=(0.05, 20.0), told_within=5.0)
    play(stage, call_of(errors=errors, retry=retry), reply(500, x_retry_ms=told), reply(200))
    assert stage.pauses == pytest.approx([pause])


@pytest.mark.parametrize(("costs", "left"), [(OLDER, CAPACITY - 10), (STANDARD, CAPACITY - 14)])
def test_a_timeout_is_paid_for(costs: Costs, left: int) -> None:
    stage = Stage(quota=Quota(costs=costs))
    with pytest.raises(base.Timeout):
        play(stage, call_of(retry=Retry(attempts=2)), *[lost(is_timeout=True)] * 2)
    assert stage.policy.quota.left == left


def test_success_at_once_gives_one_and_never_more_than_there_may_be() -> None:
    stage = Stage()
    assert stage.policy.quota.spend(2)
    for left in (499, 500, 500):
        play(stage, call_of(), reply(200))
        assert stage.policy.quota.left == left


@pytest.mark.parametrize("status", [429, 500, None])
def test_when_everything_fails_there_is_no_storm(status: int | None) -> None:
    stage = Stage()
    failure = lost() if status is None else reply(status)
    calls = 10_000
    for _ in range(calls):
        with pytest.raises(base.ConnectorError):
            play(stage, call_of(retry=Retry(attempts=4, backoff=None)), *[failure] * 4)
    assert calls < len(stage.sent) <= 1.1 * calls


@given(
    first=st.floats(0.001, 100),
    longest=st.floats(0.001, 1000),
    failures=st.integers(1, 10_000),
    chance=st.floats(0, 1),
)
def test_a_pause_is_never_longer_than_its_bound(
    first: float, longest: float, failures: int, chance: float
) -> None:
    retry = Retry(backoff=(first, longest))
    pause = backoff_seconds(retry, failures, lambda: chance)
    assert 0.0 <= pause <= longest
