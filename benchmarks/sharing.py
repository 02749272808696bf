"""Limits shared by four processes through a real Redis: calls over the limit, share used."""

import json
import subprocess
import sys

from benchmarks.limiting import over, used
from benchmarks.measure import table
from tests.services.redis import RunningRedis

PROCESSES = 4
SCRIPT = """
import asyncio, json, sys, threading, time
from ferrule_runtime.connector import Rate
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.flows.limit import limited
from ferrule_runtime.flows.policy import Policy
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.plan import Plan
from ferrule_runtime.sharing import redis_limits
from ferrule_runtime.wire import Call, Origin, Reply

url, kind, count, callers, each = sys.argv[1:]
shared = redis_limits(url, name=kind)
limiter = Limiter({"default": (Rate(int(count), 1.0),)})
lane = limiter.lane(("default",))
plan = Plan("a.b", "/", Classifier())
policy = Policy("acme", limiter=limiter, shared=shared)
went = []

def call():
    made = Call(plan, b"GET", Origin("http", "127.0.0.1", 80), "/", [])
    made.lane = lane
    return made

def sent(_):
    went.append(time.monotonic())
    return Reply(200, [])

def several():
    for _ in range(int(each)):
        drive(limited(call(), policy), sent)

async def tasks():
    async def send(_):
        return sent(_)

    async def one():
        for _ in range(int(each)):
            await drive_async(limited(call(), policy), send)

    running = [asyncio.create_task(one()) for _ in range(int(callers))]
    await asyncio.sleep(0.3)
    for task in running[::10]:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)

shared._redis.ping()
print("ready", flush=True)
sys.stdin.readline()
began = time.process_time()
if kind == "threads":
    threads = [threading.Thread(target=several) for _ in range(int(callers))]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
else:
    asyncio.run(tasks())
print(json.dumps([went, time.process_time() - began]))
"""


def measured(url: str, kind: str, count: int, callers: int, each: int) -> tuple[list[float], float]:
    """When the calls of all processes went, and CPU seconds of a call."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, url, kind, *map(str, (count, callers, each))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    told = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        output, _ = process.communicate()
        told.append(json.loads(output))
    times = [moment for went, _ in told for moment in went]
    return times, sum(cpu for _, cpu in told) / len(times)


def main() -> None:
    """Print calls over the limit and the share of it that was used."""
    server = RunningRedis()
    rows = []
    try:
        for kind, count, callers, each in (("threads", 50, 10, 8), ("tasks", 100, 50, 4)):
            times, cpu = measured(server.url, kind, count, callers, each)
            what = f"4 processes of {callers} {kind}, {count} a second"
            if kind == "tasks":
                what += ", a tenth cancelled"
            told = [f"{len(times)}", f"{over(times, count)}", f"{used(times, count):.0%}"]
            rows.append([what, *told, f"{cpu * 1e6:.0f} µs", "0, 90%"])
    finally:
        server.stop()
    heads = ["what", "calls", "calls over the limit", "share used", "CPU a call", "goal"]
    table("Limits shared through Redis", heads, rows)


if __name__ == "__main__":
    main()
