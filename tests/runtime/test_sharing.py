"""Limits kept in Redis by several processes: never one over, none lost, and Redis away."""

import asyncio
import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from ferrule_runtime import errors, events
from ferrule_runtime.connector import Rate
from ferrule_runtime.contract import Operation
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.flows.policy import Policy
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.plan import Plan
from ferrule_runtime.sharing import redis_limits
from ferrule_runtime.sharing.redis import RedisLimits
from ferrule_runtime.wire import Call, Origin, Reply, WireFault
from tests.runtime.faces import Face
from tests.services.redis import RunningRedis
from tests.services.scripted import ScriptedService, reply

ORIGIN = Origin("http", "127.0.0.1", 80)
SLOTS = "ferrule:limits:{acme:}:all.Slots"
GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
WAIT_SECONDS = 20.0


def patient(url: str) -> Any:
    """A client of Redis for whom a machine that stands still for a moment is not away."""
    return redis.Redis.from_url(
        url, socket_timeout=WAIT_SECONDS, socket_connect_timeout=WAIT_SECONDS
    )


@pytest.fixture
def shared(redis_server: RunningRedis, request: pytest.FixtureRequest) -> Iterator[RedisLimits]:
    """Limits of this test alone."""
    with contextlib.closing(patient(redis_server.url)) as client:
        made = redis_limits(client, name=request.node.name)
        yield made
        made.close()


def until(is_so: Callable[[], Any]) -> None:
    """Wait for it; it has to come."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


class Caller:
    """Calls that go when the limits let them, and when they went."""

    def __init__(
        self, shared: Any, *, rates: Any = None, deadline: float | None = None, **kept: Any
    ):
        limiter = Limiter({"default": rates or ()}, **kept)
        plan = Plan("a.b", "/", Classifier(), lane=limiter.lane(("default",)), cost=1)
        self.policy = Policy("acme", limiter=limiter, shared=shared)
        self.call: Callable[[], Call] = lambda: Call(
            plan, b"GET", ORIGIN, "/", [], deadline=deadline
        )
        self.went: list[float] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()

    def send(self, call: Call, seconds: float = 0.0) -> Reply:
        with self._lock:
            self.went.append(time.monotonic())
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(seconds)
        with self._lock:
            self.at_once -= 1
        return Reply(200, [])

    def go(self, seconds: float = 0.0) -> None:
        drive(limited(self.call(), self.policy), lambda call: self.send(call, seconds))

    async def go_async(self) -> None:
        async def send(call: Call) -> Reply:
            return self.send(call)

        await drive_async(limited(self.call(), self.policy), send)


def over(times: list[float], count: int, seconds: float) -> int:
    """How many calls went while a whole window of others had gone within that time."""
    times = sorted(times)
    return sum(
        later - earlier < seconds for later, earlier in zip(times[count:], times, strict=False)
    )


def in_threads(work: Any, count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
        assert not thread.is_alive()


PROCESS = """
import json, sys, time
from tests.runtime.test_sharing import Caller, in_threads, patient
from ferrule_runtime.connector import Rate
from ferrule_runtime.sharing import redis_limits

url, name, kind, count, threads, each = sys.argv[1:]
shared = redis_limits(patient(url), name=name, lease_seconds=1.0)
if kind == "rate":
    caller = Caller(shared, rates=(Rate(int(count), 0.5),))
else:
    caller = Caller(shared, concurrency=int(count))
    if kind == "stuck":
        print("here", flush=True)
        caller.go(60.0)

def several():
    for _ in range(int(each)):
        caller.go(0.0 if kind == "rate" else 0.05)

in_threads(several, int(threads))
shared.close()
print(json.dumps(caller.went))
"""


def process(url: str, name: str, kind: str, count: int, threads: int, each: int) -> Any:
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, url, name, kind, str(count), str(threads), str(each)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


def told(running: Any) -> list[float]:
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    times: list[float] = json.loads(output.splitlines()[-1])
    return times


def test_processes_keep_one_rate_together(redis_server: RunningRedis) -> None:
    running = [process(redis_server.url, "rate", "rate", 20, 5, 4) for _ in range(4)]
    # The monotonic clock is that of the machine.
    times = [moment for each in running for moment in told(each)]
    assert len(times) == 80
    assert over(times, 20, 0.5) == 0


def test_processes_keep_one_number_of_calls_at_once(redis_server: RunningRedis) -> None:
    running = [process(redis_server.url, "slots", "slots", 2, 3, 2) for _ in range(3)]
    times = sorted(moment for each in running for moment in told(each))
    assert len(times) == 18
    # A call takes 50 ms: a third one within that time of the first would be one too many.
    assert over(times, 2, 0.05) == 0


def test_what_a_killed_process_held_is_free_again(redis_server: RunningRedis) -> None:
    stuck = process(redis_server.url, "killed", "stuck", 1, 0, 0)
    try:
        assert stuck.stdout.readline() == "here\n"
        shared = redis_limits(patient(redis_server.url), name="killed", lease_seconds=1.0)
        until(lambda: shared._redis.zcard("ferrule:limits:{acme:killed}:all.Slots"))
    finally:
        stuck.send_signal(signal.SIGKILL)
        stuck.communicate()
    caller = Caller(shared, concurrency=1)
    caller.go()
    assert len(caller.went) == 1
    shared.close()
    shared._redis.close()


def test_a_place_is_kept_as_long_as_its_call_runs(redis_server: RunningRedis) -> None:
    shared = redis_limits(patient(redis_server.url), name="long", lease_seconds=1.0)
    caller = Caller(shared, concurrency=1)
    began = threading.Thread(target=caller.go, args=(2.0,))
    began.start()
    until(lambda: caller.went)
    # A lease has ended by then, twice: it was renewed.
    caller.go()
    assert caller.most_at_once == 1
    assert caller.went[1] - caller.went[0] >= 2.0
    began.join(WAIT_SECONDS)
    shared.close()
    shared._redis.close()


def test_who_is_cancelled_gives_back_what_was_promised(shared: RedisLimits) -> None:
    caller = Caller(shared, rates=(Rate(4, 2.0),))

    async def main() -> None:
        tasks = [asyncio.create_task(caller.go_async()) for _ in range(8)]
        await asyncio.to_thread(until, lambda: len(caller.went) == 4)
        await asyncio.sleep(0.2)
        assert len(caller.went) == 4
        for task in tasks:
            task.cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(each is None for each in found) == 4
        await asyncio.gather(*(caller.go_async() for _ in range(4)))

    asyncio.run(main())
    assert over(caller.went, 4, 2.0) == 0
    # The next four did not have to wait for the times of those that were cancelled.
    assert len(caller.went) == 8


def test_a_limit_of_another_kind_is_another_limit(
    shared: RedisLimits, caplog: pytest.LogCaptureFixture
) -> None:
    """Two versions of a connector may say the same limit in different ways for a while."""
    for rate in (Rate(10, 0.3, None, True), Rate(20, 1.0, 2), Rate(10, 0.3)):
        Caller(shared, rates=(rate,)).go()
    assert [record.getMessage() for record in caplog.records] == []


def test_points_spacing_and_intervals_are_kept_too(
    shared: RedisLimits, caplog: pytest.LogCaptureFixture
) -> None:
    points = Caller(shared, rates=(Rate(10, 0.3, None, True),))
    points.call().plan.cost = 4
    in_threads(points.go, 5)
    assert over(points.went, 2, 0.3) == 0
    spaced = Caller(shared, rates=(Rate(20, 1.0, 2),))
    in_threads(spaced.go, 6)
    assert over(spaced.went, 3, 0.05) == 0
    interval = Caller(shared, min_interval=0.05)
    in_threads(interval.go, 4)
    assert over(interval.went, 1, 0.05) == 0
    last = Caller(shared, min_interval=0.05, concurrency=1)
    in_threads(lambda: last.go(0.03), 3)
    assert last.most_at_once == 1
    assert over(last.went, 1, 0.08) == 0
    # All of that by the shared limits, which were never away.
    assert [record.getMessage() for record in caplog.records] == []


def test_a_deadline_ends_the_wait_for_a_shared_limit(shared: RedisLimits) -> None:
    caller = Caller(shared, rates=(Rate(1, 30.0),))
    caller.go()
    other = Caller(shared, rates=(Rate(1, 30.0),), deadline=time.monotonic() + 1.0)
    with pytest.raises(Exception, match="shared rate limit"):
        other.go()


def test_calls_of_a_client_go_through_shared_limits(
    face: Face, service: ScriptedService, shared: RedisLimits
) -> None:
    service.on("GET", "/x", reply(json={}))
    heard: list[Any] = []
    given: dict[str, Any] = {"shared_limits": shared, "on_event": heard.append}
    first, second = (
        face.at(service.url, limits={"default": (Rate(1, 0.2),)}, concurrency=3, **given)
        for _ in range(2)
    )
    for client in (first, second, first):
        assert face.run(client, GET) == {}
    # Each was asked for there, and none of them holds a place any more.
    prefix = f"ferrule:limits:{{acme:{shared._name}}}:"
    assert int(shared._redis.get(f"{prefix}all.Slots:number")) >= 3
    started = [each for each in heard if isinstance(each, events.AttemptStarted)]
    assert len(started) == 3
    shared.close()
    assert shared._redis.zcard(f"{prefix}all.Slots") == 0


@pytest.mark.parametrize("when_away", ["local", "open", "closed"])
def test_without_redis_it_goes_as_was_chosen(
    face: Face,
    service: ScriptedService,
    own_redis: RunningRedis,
    when_away: Any,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ferrule_runtime.sharing.redis.AWAY_SECONDS", 60.0)
    if face.is_core or face.httpx.__name__ == "httpx2":
        # Whichever wire sends, this is decided before it.
        own_redis.stop()
        return
    service.on("GET", "/x", reply(json={}))
    heard: list[Any] = []
    shared = redis_limits(own_redis.url, when_away=when_away)
    client = face.at(
        service.url,
        limits={"default": (Rate(10, 60.0),)},
        shared_limits=shared,
        on_event=heard.append,
        max_attempts=2,
    )
    assert face.run(client, GET) == {}
    own_redis.stop()
    if when_away == "closed":
        with pytest.raises(errors.ConnectionFailed, match="shared limits do not answer") as caught:
            face.run(client, GET)
        assert caught.value.is_retry_safe is True
        assert len(service.requests) == 1
    else:
        for _ in range(3):
            assert face.run(client, GET) == {}
        # What the limiter of this process has counted: all of them, or those before it was known.
        tickets = client._policy.limiter._buckets["default"][0]._taken
        assert len(tickets) == (4 if when_away == "local" else 2)
    assert any(isinstance(each, events.LimitsAway) for each in heard)
    warned = [each for each in caplog.records if each.levelno == logging.WARNING]
    assert len(warned) == 1
    assert str(own_redis.port) not in caplog.text
    # It is asked again when it is back.
    own_redis.start()
    shared._away_until = 0.0
    assert face.run(client, GET) == {}
    assert not shared.is_away
    shared.close()
    shared._redis.close()


@pytest.mark.parametrize("when_away", ["local", "closed"])
def test_a_place_given_in_an_answer_that_came_too_late_is_free_again(
    own_redis: RunningRedis, when_away: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ferrule_runtime.sharing.redis.AWAY_SECONDS", 0.05)
    hasty = redis.Redis.from_url(own_redis.url, socket_timeout=0.2)
    with contextlib.closing(hasty), contextlib.closing(patient(own_redis.url)) as other:
        shared = redis_limits(hasty, when_away=when_away, lease_seconds=600.0)
        caller = Caller(shared, concurrency=1)
        caller.go()
        until(lambda: not other.zcard(SLOTS))
        with own_redis.paused():
            if when_away == "closed":
                with pytest.raises(WireFault, match="do not answer"):
                    caller.go()
            else:
                caller.go()
        # The question was waiting there, and is answered now: with a place for nobody.
        until(lambda: int(other.get(f"{SLOTS}:number")) >= 2)
        until(lambda: not other.zcard(SLOTS))
        shared.close()


def test_a_child_process_asks_for_itself(shared: RedisLimits) -> None:
    caller = Caller(shared, concurrency=1)
    caller.go()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            caller.go()
            shared.close()
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    caller.go()


def test_what_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, kind in (
        ({"when_away": "never"}, ValueError),
        ({"lease_seconds": 0.1}, ValueError),
    ):
        with pytest.raises(kind):
            redis_limits("redis://127.0.0.1:1", **given)
    with pytest.raises(TypeError, match="sync client of redis-py"):
        redis_limits(object())
    with pytest.raises(TypeError, match="shared_limits must be"):
        Face("httpx", is_async=False).at("http://127.0.0.1:1", shared_limits="redis://x")
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(errors.ConfigurationError, match=r"ferrule-runtime\[redis\]"):
        redis_limits("redis://127.0.0.1:1")
