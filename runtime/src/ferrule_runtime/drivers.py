"""Grants the wishes of flows, sync and async: with the wires the only code that is written twice.

A driver closes its flow whatever happens, so that what a flow gives back in `finally` is given back
when a thread is interrupted and when a task is cancelled.
"""

import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from ferrule_runtime.errors import ConnectorError
from ferrule_runtime.latch import Abandoned, Latch
from ferrule_runtime.wire import (
    Ask,
    Call,
    Close,
    Flight,
    Flow,
    Pause,
    Read,
    Reply,
    Rest,
    Send,
    WireFault,
)

if TYPE_CHECKING:
    from asyncio import Task

T = TypeVar("T")
SyncSend = Callable[[Call], Reply]
AsyncSend = Callable[[Call], Awaitable[Reply]]
# An event loop alone holds its tasks weakly.
_unwatched: "set[Task[Any]]" = set()


def drive(flow: Flow[T], send: SyncSend) -> T:
    """Run a flow to its value in this thread."""
    try:
        wish = next(flow)
        while True:
            failure: Exception | None = None
            value: Any = None
            try:
                # The order is that of frequency: nearly every wish is a Send.
                value = send(wish.call) if type(wish) is Send else _grant(wish, send)
            except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                failure = error
            wish = flow.send(value) if failure is None else flow.throw(failure)
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        flow.close()


async def drive_async(flow: Flow[T], send: AsyncSend) -> T:
    """Run a flow to its value in this task."""
    try:
        wish = next(flow)
        while True:
            failure: Exception | None = None
            value: Any = None
            try:
                if type(wish) is Send:
                    value = await send(wish.call)
                else:
                    value = await _grant_async(wish, send)
            except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                failure = error
            wish = flow.send(value) if failure is None else flow.throw(failure)
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        flow.close()


def _grant(wish: Any, send: SyncSend) -> Any:
    kind = type(wish)
    if kind is Pause:
        time.sleep(wish.seconds)
        return None
    if kind is Rest:
        return wish.signal.wait(wish.seconds)
    if kind is Close:
        return wish.reply.close() if wish.reply.close is not None else None
    if kind is Read:
        return _read(wish)
    if kind is Ask:
        return wish.question()
    return _fly(wish, send)


async def _grant_async(wish: Any, send: AsyncSend) -> Any:
    kind = type(wish)
    if kind is Pause:
        import asyncio

        await asyncio.sleep(wish.seconds)
        return None
    if kind is Rest:
        return await wait_for(wish.signal, wish.seconds)
    if kind is Close:
        if wish.reply.close is not None:
            await wish.reply.close()
        return None
    if kind is Read:
        return await _read_async(wish)
    if kind is Ask:
        import asyncio

        return await asyncio.to_thread(wish.question)
    return await _fly_async(wish, send)


def _read(wish: Read) -> None:
    stream: Any = wish.reply.stream
    parts: list[bytes] = []
    size = 0
    try:
        for part in stream:
            size = _grown(size, part, wish.max_bytes)
            parts.append(part)
    finally:
        wish.reply.close_now()
    wish.reply.has_come(b"".join(parts))


async def _read_async(wish: Read) -> None:
    stream: Any = wish.reply.stream
    parts: list[bytes] = []
    size = 0
    try:
        async for part in stream:
            size = _grown(size, part, wish.max_bytes)
            parts.append(part)
    finally:
        closing: Any = wish.reply.close_now()
        if closing is not None:
            await closing
    wish.reply.has_come(b"".join(parts))


def _grown(size: int, part: bytes, most: int | None) -> int:
    size += len(part)
    if most is not None and size > most:
        raise WireFault(
            f"the body is larger than {most} bytes", was_sent=True, is_content=True, may_pass=False
        )
    return size


async def wait_for(latch: Latch, seconds: float | None) -> bool:
    """Suspend this task until the latch is set, at most so many seconds; whether it is set.

    Nothing of this task's loop is touched by others but through `call_soon_threadsafe`; a task that
    is cancelled leaves nothing behind.
    """
    import asyncio

    if latch.is_set:
        return True
    loop = asyncio.get_running_loop()
    woken = loop.create_future()

    def wake() -> None:
        if not woken.done():
            woken.set_result(None)

    def tell() -> None:
        # A loop that has been closed refuses: nobody waits there any more.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(wake)

    timer = None if seconds is None else loop.call_later(max(seconds, 0.0), wake)
    latch.tell(tell)
    try:
        await woken
    finally:
        latch.forget(tell)
        if timer is not None:
            timer.cancel()
    return latch.is_set


def _fly(wish: Flight, send: SyncSend) -> Any:
    give_up_at = None if wish.seconds is None else time.monotonic() + wish.seconds
    while True:
        value, flight, leads = wish.source.claim()
        if flight is None:
            return value
        if not leads:
            left = None if give_up_at is None else give_up_at - time.monotonic()
            if not flight.wait(left):
                raise _out_of_time()
            if type(flight.error) is Abandoned:
                continue
            return _landed(flight)
        failure: Exception | None = None
        try:
            value = drive(wish.flow(), send)
        except Exception as error:  # noqa: BLE001 - told to all who wait
            failure = error
        except BaseException:
            wish.source.land(flight, None, Abandoned())
            raise
        return _settle(wish, flight, value, failure)


async def _fly_async(wish: Flight, send: AsyncSend) -> Any:
    give_up_at = None if wish.seconds is None else time.monotonic() + wish.seconds
    while True:
        value, flight, leads = wish.source.claim()
        if flight is None:
            return value
        if not leads:
            left = None if give_up_at is None else give_up_at - time.monotonic()
            if not await wait_for(flight, left):
                raise _out_of_time()
            if type(flight.error) is Abandoned:
                continue
            return _landed(flight)
        work = _lead_async(wish, flight, send)
        return await (_finished(work) if wish.finishes else work)


async def _lead_async(wish: Flight, flight: Latch, send: AsyncSend) -> Any:
    failure: Exception | None = None
    value: Any = None
    try:
        value = await drive_async(wish.flow(), send)
    except Exception as error:  # noqa: BLE001 - told to all who wait
        failure = error
    except BaseException:
        # A cancelled task must not wait: nothing is awaited here.
        wish.source.land(flight, None, Abandoned())
        raise
    return _settle(wish, flight, value, failure)


async def _finished(work: Coroutine[Any, Any, Any]) -> Any:
    """What the work gives. It is done to its end even if whoever waits here is cancelled."""
    import asyncio

    return await asyncio.shield(_unwatched_task(work))


def close_later(reply: Reply) -> None:
    """Give back the connection of an answer that nobody can read any more; in its loop."""
    closing: Any = reply.close_now()
    if closing is not None:
        _unwatched_task(closing)


def _unwatched_task(work: Coroutine[Any, Any, Any]) -> "Task[Any]":
    import asyncio

    task = asyncio.get_running_loop().create_task(work)
    _unwatched.add(task)
    task.add_done_callback(_over)
    return task


async def finish(seconds: float) -> None:
    """Wait for what goes on in this loop without anybody who waits for it, at most so long."""
    import asyncio

    loop = asyncio.get_running_loop()
    tasks = [task for task in _unwatched if task.get_loop() is loop]
    if tasks:
        await asyncio.wait(tasks, timeout=seconds)


def _over(task: "Task[Any]") -> None:
    _unwatched.discard(task)
    if not task.cancelled():
        # Looked at, so that the loop does not complain of an error that nobody waits for any more.
        task.exception()


def _landed(flight: Latch) -> Any:
    """The value of a flight that somebody else led, or its error, raised anew for each."""
    error = flight.error
    if error is None:
        return flight.value
    raise error.again() if isinstance(error, ConnectorError) else error


def _settle(wish: Flight, flight: Latch, value: Any, failure: Exception | None) -> Any:
    """The leader's end of a flight."""
    if failure is None:
        wish.source.land(flight, value, None)
        return value
    if getattr(failure, "is_own_deadline", False):
        # It was this call that had no more time; the others may have.
        wish.source.land(flight, None, Abandoned())
        raise failure
    instead = wish.source.land(flight, None, failure)
    if instead is not None:
        return instead
    raise failure


def _out_of_time() -> WireFault:
    return WireFault(
        "the wait for a token that is being fetched took too long",
        was_sent=False,
        is_timeout=True,
        may_pass=False,
        is_own_deadline=True,
    )
