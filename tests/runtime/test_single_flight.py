"""One fetch of a token for threads, tasks and event loops at once."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from ferrule_runtime.credentials.source import RETRY_AFTER_SECONDS, TokenSource
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.errors import ConnectionFailed, Timeout
from ferrule_runtime.wire import Credential, Flight, Flow, Reply, Send, WireFault
from tests.runtime.scripts import Clock, call_of

JOIN_SECONDS = 20.0


class Fetches:
    """A source, and flows that fetch for it by sending one call."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.source = TokenSource(clock) if clock is not None else TokenSource()
        self.count = 0
        self.lifetime: float | None = None
        self.early = 0.0
        self.clock = clock

    def wish(self, seconds: float | None = None) -> Flow[Credential]:
        credential = self.source.current()
        if credential is None:
            credential = yield Flight(self.source, self.fetch, seconds)
        assert isinstance(credential, Credential)
        return credential

    def fetch(self) -> Flow[Credential]:
        reply: Reply = yield Send(call_of())
        self.count += 1
        credential = Credential([(b"authorization", reply.content)])
        if self.lifetime is None or self.clock is None:
            self.source.keep(credential)
        else:
            ends = self.clock() + self.lifetime
            self.source.keep(credential, stale_at=ends - self.early, expires_at=ends)
        return credential

    def get(self, send: Callable[[Any], Reply]) -> Credential:
        return drive(self.wish(), send)


def in_threads(*works: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(JOIN_SECONDS)
        assert not thread.is_alive()


def test_threads_and_event_loops_share_one_fetch() -> None:
    fetches = Fetches()
    gate = threading.Event()
    started = threading.Barrier(30 + 3)
    found: list[Credential] = []

    def send(_: Any) -> Reply:
        assert gate.wait(JOIN_SECONDS)
        return Reply(200, [], b"t1")

    async def send_async(_: Any) -> Reply:
        return await asyncio.to_thread(send, None)

    def in_thread() -> None:
        started.wait(JOIN_SECONDS)
        found.append(fetches.get(send))

    def in_loop() -> None:
        async def many() -> None:
            tasks = [
                asyncio.create_task(drive_async(fetches.wish(), send_async)) for _ in range(50)
            ]
            await asyncio.sleep(0)
            started.wait(JOIN_SECONDS)
            gate.set()
            found.extend(await asyncio.gather(*tasks))

        asyncio.run(many())

    in_threads(*[in_thread] * 30, *[in_loop] * 3)
    assert len(found) == 30 + 150
    assert fetches.count == 1
    assert len({id(each) for each in found}) == 1


def test_one_hundred_refusals_of_one_token_fetch_once() -> None:
    async def main() -> None:
        fetches = Fetches()

        async def send(_: Any) -> Reply:
            await asyncio.sleep(0)
            return Reply(200, [], b"t%d" % (fetches.count + 1))

        old = await drive_async(fetches.wish(), send)

        async def refused() -> Credential:
            fetches.source.invalidate(old)
            return await drive_async(fetches.wish(), send)

        new = await asyncio.gather(*(refused() for _ in range(100)))
        assert fetches.count == 2
        assert {id(each) for each in new} == {id(new[0])}
        assert new[0] is not old

    asyncio.run(main())


def test_a_late_refusal_of_an_old_token_changes_nothing() -> None:
    fetches = Fetches()
    old = fetches.get(lambda _: Reply(200, [], b"t1"))
    fetches.source.invalidate(old)
    new = fetches.get(lambda _: Reply(200, [], b"t2"))
    fetches.source.invalidate(old)
    assert fetches.source.current() is new


def test_everybody_gets_the_error_of_a_fetch_that_fails_and_the_next_one_tries_again() -> None:
    async def main() -> None:
        fetches = Fetches()
        sent = 0

        async def send(_: Any) -> Reply:
            nonlocal sent
            sent += 1
            await asyncio.sleep(0)
            raise ConnectionFailed("the token endpoint is down", attempts=3)

        tasks = [drive_async(fetches.wish(), send) for _ in range(50)]
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sent == 1
        assert {str(each) for each in results} == {"the token endpoint is down"}
        assert {type(each) for each in results} == {ConnectionFailed}
        # Each raises its own: a shared one would gather the tracebacks of all.
        assert len({id(each) for each in results}) == 50
        assert all(isinstance(each, ConnectionFailed) and each.attempts == 3 for each in results)

        async def well(_: Any) -> Reply:
            return Reply(200, [], b"t1")

        assert isinstance(await drive_async(fetches.wish(), well), Credential)

    asyncio.run(main())


def test_when_the_leader_is_cancelled_one_who_waits_takes_over() -> None:
    async def main() -> None:
        fetches = Fetches()
        sent: list[int] = []
        first_is_sent, others_may_go = asyncio.Event(), asyncio.Event()

        async def send(_: Any) -> Reply:
            sent.append(1)
            first_is_sent.set()
            await others_may_go.wait()
            return Reply(200, [], b"t1")

        leader = asyncio.create_task(drive_async(fetches.wish(), send))
        await first_is_sent.wait()
        waiters = [asyncio.create_task(drive_async(fetches.wish(), send)) for _ in range(50)]
        await asyncio.sleep(0)
        leader.cancel()
        others_may_go.set()
        found = await asyncio.wait_for(asyncio.gather(*waiters), JOIN_SECONDS)
        assert len(found) == 50
        assert (len(sent), fetches.count) == (2, 1)
        with pytest.raises(asyncio.CancelledError):
            await leader

    asyncio.run(main())


def test_one_who_waits_and_is_cancelled_harms_nobody() -> None:
    async def main() -> None:
        fetches = Fetches()
        may_go = asyncio.Event()

        async def send(_: Any) -> Reply:
            await may_go.wait()
            return Reply(200, [], b"t1")

        tasks = [asyncio.create_task(drive_async(fetches.wish(), send)) for _ in range(20)]
        await asyncio.sleep(0)
        for task in tasks[1:11]:
            task.cancel()
        await asyncio.sleep(0)
        may_go.set()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(each, Credential) for each in results) == 10
        assert fetches.count == 1

    asyncio.run(main())


def test_a_leader_in_a_thread_that_is_interrupted_leaves_nothing_locked() -> None:
    fetches = Fetches()

    def interrupted(_: Any) -> Reply:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetches.get(interrupted)
    assert isinstance(fetches.get(lambda _: Reply(200, [], b"t1")), Credential)


def test_a_leader_without_time_does_not_fail_the_others() -> None:
    fetches = Fetches()
    is_sent, others_wait = threading.Event(), threading.Event()
    results: list[Any] = []

    def late(_: Any) -> Reply:
        is_sent.set()
        assert others_wait.wait(JOIN_SECONDS)
        error = Timeout("the deadline of the leader has passed")
        error.is_own_deadline = True  # type: ignore[attr-defined]
        raise error

    def lead() -> None:
        with pytest.raises(Timeout):
            fetches.get(late)

    def follow() -> None:
        assert is_sent.wait(JOIN_SECONDS)
        flow = fetches.wish()
        wish = next(flow)
        assert isinstance(wish, Flight)
        others_wait.set()
        results.append(drive(fetches.wish(), lambda _: Reply(200, [], b"t1")))

    in_threads(lead, follow)
    assert len(results) == 1


def test_who_has_no_more_time_does_not_wait_for_the_fetch_of_another() -> None:
    fetches = Fetches()
    _, flight, leads = fetches.source.claim()
    assert leads
    with pytest.raises(WireFault) as caught:
        drive(fetches.wish(seconds=0.0), lambda _: Reply(200, [], b""))
    assert caught.value.is_timeout
    assert caught.value.is_own_deadline

    async def main() -> None:
        async def send(_: Any) -> Reply:
            raise AssertionError("nothing is sent")

        with pytest.raises(WireFault):
            await drive_async(fetches.wish(seconds=0.0), send)

    asyncio.run(main())
    assert flight is not None


def test_while_one_replaces_a_token_early_the_others_use_the_old_one() -> None:
    clock = Clock(0.0)
    fetches = Fetches(clock)
    fetches.lifetime, fetches.early = 100.0, 20.0
    old = fetches.get(lambda _: Reply(200, [], b"t1"))
    clock.time = 85.0

    def send(_: Any) -> Reply:
        # Meanwhile somebody else asks: the old token is good for fifteen seconds more.
        assert fetches.get(lambda _: pytest.fail("a second fetch")) is old
        return Reply(200, [], b"t2")

    new = fetches.get(send)
    assert new is not old
    assert fetches.get(lambda _: pytest.fail("a third fetch")) is new


def test_a_replacement_that_fails_early_is_hidden_and_tried_again_a_little_later() -> None:
    clock = Clock(0.0)
    fetches = Fetches(clock)
    fetches.lifetime, fetches.early = 100.0, 20.0
    old = fetches.get(lambda _: Reply(200, [], b"t1"))
    clock.time = 85.0
    tries = 0

    def fails(_: Any) -> Reply:
        nonlocal tries
        tries += 1
        raise ConnectionFailed("down")

    assert fetches.get(fails) is old
    assert fetches.get(fails) is old
    assert tries == 1
    clock.time += RETRY_AFTER_SECONDS
    assert fetches.get(fails) is old
    assert tries == 2
    clock.time = 100.0
    with pytest.raises(ConnectionFailed):
        fetches.get(fails)


def test_a_source_outlives_the_loops_that_used_it() -> None:
    fetches = Fetches()

    async def send(_: Any) -> Reply:
        await asyncio.sleep(0)
        return Reply(200, [], b"t")

    async def many() -> int:
        fetches.source.invalidate(fetches.source.current() or Credential())
        return len(await asyncio.gather(*(drive_async(fetches.wish(), send) for _ in range(20))))

    assert [asyncio.run(many()), asyncio.run(many())] == [20, 20]
    assert fetches.count == 2


def test_a_token_is_never_shown_nor_pickled() -> None:
    import pickle

    fetches = Fetches()
    credential = fetches.get(lambda _: Reply(200, [], b"CANARY"))
    assert "CANARY" not in repr(credential) + repr(fetches.source)
    with pytest.raises(TypeError):
        pickle.dumps(credential)
