"""How often a token is fetched when everybody finds it expired at once."""

import asyncio
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import Any

from benchmarks.measure import table
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.stores import MemoryStore
from tests.runtime.authority import GET, GIVEN, Authority, acme
from tests.runtime.test_shared_tokens import WORKER
from tests.services.redis import RunningRedis
from tests.services.scripted import ScriptedService

THREADS, LOOPS, TASKS, PROCESSES, EXPIRIES = 50, 3, 200, 4, 3


def by_callers(service: ScriptedService, authority: Authority) -> int:
    """Refreshes seen by the service while threads and loops of one process call."""
    options: Any = {"token_store": MemoryStore(), "backoff": None}
    made = acme(service.url)
    client = type("Acme", (SyncClient,), {"_connector": made})(GIVEN, options)
    asynchronous = type("AsyncAcme", (AsyncClient,), {"_connector": made})(GIVEN, options)
    failures: list[Exception] = []

    def call() -> None:
        client._run(GET)

    def loop() -> None:
        async def many() -> None:
            await asyncio.gather(*(asynchronous._run(GET) for _ in range(TASKS)))
            await asynchronous.aclose()

        asyncio.run(many())

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - raised again below
                failures.append(error)

        return run

    before = authority.refreshes
    for _ in range(EXPIRIES):
        authority.expire()
        running = [threading.Thread(target=guarded(call)) for _ in range(THREADS)]
        running += [threading.Thread(target=guarded(loop)) for _ in range(LOOPS)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
    client.close()
    if failures:
        raise failures[0]
    return authority.refreshes - before


def by_processes(service: ScriptedService, authority: Authority, place: str) -> int:
    """Refreshes seen by the service while processes that share a store call."""
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, service.url, place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    streams = [(each.stdin, each.stdout) for each in workers]
    before = 0
    for number in range(EXPIRIES + 1):
        for given, told in streams:
            assert given is not None
            assert told is not None
            # They have said that they are ready, or what came of the round before.
            assert told.readline().strip() in ("ready", "well")
        if number == 0:
            before = authority.refreshes
        if number == EXPIRIES:
            break
        authority.expire()
        for given, _ in streams:
            assert given is not None
            given.write("go\n")
            given.flush()
    for worker in workers:
        worker.communicate()
    return authority.refreshes - before


def main() -> None:
    """Print refreshes for each expiry."""
    rows = []
    callers = f"{THREADS} threads and {LOOPS} loops of {TASKS} tasks"

    def measured(what: str, count: Callable[[ScriptedService, Authority], int]) -> None:
        service = ScriptedService()
        refreshes = count(service, Authority(service))
        service.close()
        rows.append([what, f"{EXPIRIES}", f"{refreshes}", f"{refreshes / EXPIRIES:.2f}", "1"])

    measured(callers, by_callers)
    with tempfile.TemporaryDirectory() as folder:
        measured("4 processes, files", lambda s, a: by_processes(s, a, f"{folder}/tokens"))
    redis = RunningRedis()
    try:
        measured("4 processes, Redis", lambda s, a: by_processes(s, a, redis.url))
    finally:
        redis.stop()
    table("Refreshes", ["who calls", "expiries", "refreshes", "for each expiry", "goal"], rows)


if __name__ == "__main__":
    main()
