"""What the limiter costs, whether it ever lets too many calls go, and how much it leaves unused."""

import asyncio
import threading
import time
from collections.abc import Callable

from benchmarks.measure import table
from ferrule_runtime.connector import Rate
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.errors import ErrorTable
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.flows.policy import Policy
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.plan import Plan
from ferrule_runtime.wire import Call, Origin, Reply

ORIGIN = Origin("http", "127.0.0.1", 80)
CALLS = 20_000


def made(count: int) -> tuple[Limiter, Policy, Callable[[], Call]]:
    """A limiter of so many calls a second, and calls that it bounds."""
    limiter = Limiter({"default": (Rate(count, 1.0),)})
    plan = Plan("a.b", "/", Classifier(None, frozenset()), lane=limiter.lane(("default",)))
    policy = Policy("acme", table=ErrorTable, limiter=limiter)
    return limiter, policy, lambda: Call(plan, b"GET", ORIGIN, "/", [])


def acquire_cost() -> float:
    """Seconds of CPU to let one call pass, the best of several rounds."""
    limiter, _, _ = made(10**9)
    lane = limiter.lane(("default",))
    assert lane is not None
    best = float("inf")
    for _ in range(7):
        began = time.process_time()
        for _ in range(CALLS):
            limiter.pass_at_once(lane)
        best = min(best, (time.process_time() - began) / CALLS)
    return best


def over(times: list[float], count: int) -> int:
    """How many calls went while a whole window of others had gone within one second."""
    times = sorted(times)
    pairs = zip(times[count:], times, strict=False)
    return sum(later - earlier < 1.0 for later, earlier in pairs)


def used(times: list[float], count: int) -> float:
    """The shortest time in which so many calls may go, as a share of the time that they took."""
    windows = -(-len(times) // count) - 1
    return windows / (max(times) - min(times))


def by_threads(threads: int, each: int, count: int) -> list[float]:
    """When calls of so many threads went."""
    _, policy, call = made(count)
    went: list[float] = []

    def send(_: Call) -> Reply:
        went.append(time.monotonic())
        return Reply(200, [])

    def several() -> None:
        for _ in range(each):
            drive(limited(call(), policy), send)

    running = [threading.Thread(target=several) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return went


async def by_tasks(tasks: int, count: int) -> list[float]:
    """When calls of so many tasks went, every tenth of which is cancelled while it waits."""
    _, policy, call = made(count)
    went: list[float] = []

    async def send(_: Call) -> Reply:
        went.append(time.monotonic())
        return Reply(200, [])

    running = [
        asyncio.create_task(drive_async(limited(call(), policy), send)) for _ in range(tasks)
    ]
    await asyncio.sleep(0.2)
    for task in running[::10]:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    return went


def main() -> None:
    """Print cost, calls over a strict sliding window, and the share used."""
    threads = by_threads(50, 2, 20)
    tasks = asyncio.run(by_tasks(500, 100))
    rows = [["acquire, no wait", f"{acquire_cost() * 1e6:.2f} µs", "", ""]]
    for what, times, count in (
        ("50 threads, 20 a second", threads, 20),
        ("500 tasks, a tenth cancelled, 100 a second", tasks, 100),
    ):
        rows.append([what, f"{len(times)}", f"{over(times, count)}", f"{used(times, count):.0%}"])
    table("Limiter", ["what", "cost or calls", "calls over the limit", "share used"], rows)


if __name__ == "__main__":
    main()
