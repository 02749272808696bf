"""Retry vectors: the numbers that the standard retry mode of the large clouds is held to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime import errors as base
from ferrule_runtime.contract import Retry
from ferrule_runtime.flows.retry import backoff_seconds
from ferrule_runtime.quota import CAPACITY, Quota
from tests.runtime.scripts import Stage, call_of, lost, play, reply

# Name; quota; attempts; longest pause; statuses; pauses; quota afterwards; whether it succeeds.
VECTORS: list[tuple[str, int, int, float, list[int], list[float], int, bool]] = [
    ("succeeds in the end", 500, 3, 20.0, [500, 500, 200], [1, 2], 495, True),
    ("runs out of attempts", 500, 3, 20.0, [502, 502, 502], [1, 2], 490, False),
    ("runs out of quota after one", 5, 3, 20.0, [500, 502], [1], 0, False),
    ("has no quota at all", 0, 3, 20.0, [500], [], 0, False),
    ("doubles its pauses", 500, 5, 20.0, [500] * 5, [1, 2, 4, 8], 480, False),
    ("caps its pauses", 500, 5, 3.0, [500] * 5, [1, 2, 3, 3], 480, False),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
def test_a_vector(vector: Any) -> None:
    _, left, attempts, longest, statuses, pauses, left_after, is_success = vector
    stage = Stage(quota=Quota(left))
    call = call_of(retry=Retry(attempts=attempts, backoff=(1.0, longest)))
    script = [reply(status) for status in statuses]
    if is_success:
        play(stage, call, *script)
    else:
        with pytest.raises(base.ServerError):
            play(stage, call, *script)
    assert stage.pauses == pauses
    assert stage.policy.quota.left == left_after


def test_a_timeout_costs_ten() -> None:
    stage = Stage()
    with pytest.raises(base.Timeout):
        play(stage, call_of(retry=Retry(attempts=2)), *[lost(is_timeout=True)] * 2)
    assert stage.policy.quota.left == CAPACITY - 10


def test_success_at_once_gives_one_and_never_more_than_there_may_be() -> None:
    stage = Stage(quota=Quota(498))
    for left in (499, 500, 500):
        play(stage, call_of(), reply(200))
        assert stage.policy.quota.left == left


def test_when_everything_fails_there_is_no_storm() -> None:
    stage = Stage()
    sent = 0
    for _ in range(1000):
        with pytest.raises(base.ServerError):
            play(stage, call_of(retry=Retry(attempts=4, backoff=None)), *[reply(500)] * 4)
        sent = len(stage.sent)
    assert sent == 1000 + CAPACITY // 5


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
