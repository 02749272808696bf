"""What long-lived programs do to a client, over every wire: forks, loops, closing, ten thousand."""

import asyncio
import gc
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from ferrule_runtime.connector import Rate
from ferrule_runtime.contract import Operation
from tests.runtime.faces import FACES, Face, connector_at, make_faces
from tests.services.loopback import Request
from tests.services.scripted import ScriptedService, reply

GET: Operation[Any] = Operation("things.get", "GET", "/things", returns=dict[str, Any])
SLOW: Operation[Any] = Operation("things.wait", "GET", "/slow", returns=dict[str, Any])
WAIT_SECONDS = 20.0


@pytest.fixture(params=[each for each in FACES if str(each.id).startswith("async")])
def async_face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """An async client, over each wire."""
    yield from make_faces(request, monkeypatch)


@pytest.fixture(params=[each for each in FACES if str(each.id).startswith("sync")])
def sync_face(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Face]:
    """A sync client, over each wire."""
    yield from make_faces(request, monkeypatch)


class Gate:
    """Holds the answers to SLOW back until it is opened; tells when one has come in."""

    def __init__(self, service: ScriptedService) -> None:
        self.has_come, self.may_go = Event(), Event()
        service.on("GET", "/slow", self._answer)
        service.on("GET", "/things", reply(json={"id": 1}))

    def _answer(self, request: Request) -> Any:
        self.has_come.set()
        self.may_go.wait(WAIT_SECONDS)
        return reply(json={"id": 2})


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_one_client_serves_event_loops_that_follow_each_other(
    async_face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = async_face.at(service.url, limits={"default": (Rate(1000, 1.0),)})

    async def some(is_closed_after: bool) -> list[Any]:
        found = await asyncio.gather(*(client._run(GET) for _ in range(3)))
        if is_closed_after:
            await client.aclose()
        return found

    # The second loop ends without closing: its connections die with it and harm nobody.
    for is_closed_after in (True, False, True):
        assert asyncio.run(some(is_closed_after)) == [{"id": 1}] * 3
    # Here, where the warning of sockets whose loop has died is expected, and in no later test.
    gc.collect()


def test_one_client_serves_event_loops_at_the_same_time(
    async_face: Face, service: ScriptedService
) -> None:
    service.on("GET", "/things", reply(json={"id": 1}))
    client = async_face.at(service.url, limits={"default": (Rate(1000, 1.0),)}, concurrency=4)

    async def some() -> list[Any]:
        try:
            return await asyncio.gather(*(client._run(GET) for _ in range(10)))
        finally:
            await client.aclose()

    with ThreadPoolExecutor(3) as pool:
        runs = [pool.submit(asyncio.run, some()) for _ in range(3)]
        assert [run.result(WAIT_SECONDS) for run in runs] == [[{"id": 1}] * 10] * 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_fork_in_the_middle_of_calls_leaves_both_sides_usable(
    sync_face: Face, service: ScriptedService
) -> None:
    gate = Gate(service)
    client = sync_face.at(service.url, limits={"default": (Rate(1000, 1.0),)}, concurrency=1)
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(client._run, SLOW)
        assert gate.has_come.wait(WAIT_SECONDS)
        # It stands in the queue of the limiter while the process forks.
        waiting = pool.submit(client._run, GET)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if client._run(GET) == {"id": 1} else 2
            finally:
                os._exit(code)
        assert _exit_code(child) == 0
        gate.may_go.set()
        assert running.result(WAIT_SECONDS) == {"id": 2}
        assert waiting.result(WAIT_SECONDS) == {"id": 1}


def _exit_code(child: int) -> int | None:
    """How a child ended; None, and it is ended, where it does not end by itself."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < give_up_at:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return None


def test_closing_while_calls_run_ends_or_fails_them_and_the_client_goes_on(
    sync_face: Face, service: ScriptedService
) -> None:
    gate = Gate(service)
    client = sync_face.at(service.url, max_attempts=1)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(client._run, SLOW)
        assert gate.has_come.wait(WAIT_SECONDS)
        client.close()
        gate.may_go.set()
        if sync_face.is_core:
            assert running.result(WAIT_SECONDS) == {"id": 2}
        else:
            # httpx closes connections under way; what must not be is a hang or a foreign error.
            failure = running.exception(WAIT_SECONDS)
            assert failure is None or type(failure).__name__ == "ConnectionFailed"
    assert client._run(GET) == {"id": 1}


ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"id":1}'


async def _answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers every request; each connection is closed after a while, as services do."""
    try:
        for _ in range(500):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def test_ten_thousand_calls_on_64_tasks_leave_no_connection_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a tenth of the tasks cancelled in the middle and connections that the service ends."""
    from ferrule_runtime.client import AsyncClient
    from ferrule_runtime.wires import library

    monkeypatch.setattr(library, "is_watched", lambda: False)
    done = 0

    async def several(client: Any, calls: int) -> None:
        nonlocal done
        for _ in range(calls):
            assert await client._run(GET) == {"id": 1}
            done += 1

    async def main() -> None:
        server = await asyncio.start_server(_answering, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        kind = type("Acme", (AsyncClient,), {"_connector": connector_at(url)})
        async with server, kind({}, {"backoff": None}) as client:
            tasks = [asyncio.create_task(several(client, 157)) for _ in range(64)]
            cancelled = [asyncio.create_task(several(client, 157)) for _ in range(7)]
            await asyncio.sleep(0.05)
            for task in cancelled:
                task.cancel()
            await asyncio.gather(*tasks)
            await asyncio.gather(*cancelled, return_exceptions=True)
            wire = client._installation.link.async_wire(asyncio.get_running_loop(), verify=True)
            kept = next(iter(wire._homes.values())).kept
            assert kept.open == kept.idle <= 64 + 7
            assert not kept._waiting

    asyncio.run(main())
    assert done >= 64 * 157
