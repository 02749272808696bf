"""Both drivers grant the same wishes, and close a flow however it ends."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from ferrule_runtime.drivers import drive, drive_async, wait_for
from ferrule_runtime.latch import Latch
from ferrule_runtime.wire import Call, Close, Flow, Pause, Reply, Rest, Send, WireFault
from tests.runtime.scripts import call_of

Sender = Callable[[Call], Reply]


def in_thread(flow: Flow[Any], send: Sender) -> Any:
    return drive(flow, send)


def in_task(flow: Flow[Any], send: Sender) -> Any:
    async def send_async(call: Call) -> Reply:
        await asyncio.sleep(0)
        return send(call)

    return asyncio.run(drive_async(flow, send_async))


both = pytest.mark.parametrize("run", [in_thread, in_task])
Runner = Callable[[Flow[Any], Sender], Any]


def answers(_: Call) -> Reply:
    return Reply(200, [], b"here")


def breaks(_: Call) -> Reply:
    raise WireFault("broken", was_sent=True)


@both
def test_wishes_are_granted_and_the_value_is_given(run: Runner) -> None:
    def flow() -> Flow[bytes]:
        yield Pause(0.0)
        reply: Reply = yield Send(call_of())
        latch = Latch()
        assert (yield Rest(latch, 0.0)) is False
        latch.set()
        assert (yield Rest(latch, None)) is True
        yield Close(Reply(200, []))
        return reply.content

    assert run(flow(), answers) == b"here"


@both
def test_a_flow_that_wishes_nothing(run: Runner) -> None:
    def flow() -> Flow[int]:
        yield from ()
        return 7

    assert run(flow(), breaks) == 7


@both
def test_a_fault_is_thrown_into_the_flow_and_can_be_lived_with(run: Runner) -> None:
    def flow() -> Flow[str]:
        try:
            yield Send(call_of())
        except WireFault as fault:
            return str(fault)
        return "no fault"

    assert run(flow(), breaks) == "broken"


@both
@pytest.mark.parametrize("error", [ValueError("mine"), KeyboardInterrupt()])
def test_whatever_is_raised_the_flow_is_closed(run: Runner, error: BaseException) -> None:
    closed: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield Send(call_of())
        finally:
            closed.append("closed")

    def raises(_: Call) -> Reply:
        raise error

    with pytest.raises(type(error)):
        run(flow(), raises)
    assert closed == ["closed"]


@both
def test_an_error_of_the_flow_itself_has_no_context(run: Runner) -> None:
    def flow() -> Flow[None]:
        fault: WireFault | None = None
        try:
            yield Send(call_of())
        except WireFault as met:
            fault = met
        if fault is not None:
            raise RuntimeError("in our own words")

    with pytest.raises(RuntimeError) as caught:
        run(flow(), breaks)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_cancelled_task_closes_its_flow_at_once() -> None:
    closed: list[str] = []

    def flow() -> Flow[None]:
        try:
            yield Pause(1000.0)
        finally:
            closed.append("closed")

    async def never(_: Call) -> Reply:
        raise AssertionError("nothing is sent")

    async def main() -> None:
        task = asyncio.create_task(drive_async(flow(), never))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert closed == ["closed"]

    asyncio.run(main())


def test_a_latch_wakes_threads_and_tasks_of_any_loop() -> None:
    latch = Latch()
    woken: list[str] = []
    ready = threading.Barrier(5)

    def thread() -> None:
        ready.wait(10)
        assert latch.wait(20)
        woken.append("thread")

    def loop() -> None:
        async def main() -> None:
            ready.wait(10)
            assert await wait_for(latch, 20)
            woken.append("task")

        asyncio.run(main())

    threads = [threading.Thread(target=work) for work in (thread, thread, loop, loop)]
    for each in threads:
        each.start()
    ready.wait(10)
    latch.set("value")
    for each in threads:
        each.join(20)
        assert not each.is_alive()
    assert sorted(woken) == ["task", "task", "thread", "thread"]


def test_who_gives_up_leaves_nothing_behind() -> None:
    latch = Latch()
    assert latch.wait(0.0) is False

    async def main() -> None:
        assert await wait_for(latch, 0.0) is False
        task = asyncio.create_task(wait_for(latch, None))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(main())
    assert latch._told == []


def test_a_loop_that_was_closed_does_not_harm_who_sets_the_latch() -> None:
    latch = Latch()
    loop = asyncio.new_event_loop()

    async def waiting() -> None:
        await wait_for(latch, None)

    task = loop.create_task(waiting())
    loop.run_until_complete(asyncio.sleep(0))
    told = list(latch._told)
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    loop.close()
    assert len(told) == 1
    told[0]()
    latch.set()


def test_the_first_to_set_a_latch_decides() -> None:
    latch = Latch()
    latch.set(1)
    latch.set(2, ValueError("late"))
    assert (latch.value, latch.error) == (1, None)
    seen: list[int] = []
    latch.tell(lambda: seen.append(1))
    assert seen == [1]
