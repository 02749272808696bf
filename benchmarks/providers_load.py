"""Measures the providers service: lists a second, and set-ups by many writers, on both databases.

Run it as `python -m benchmarks.providers_load`. Server and visitors share the machine's cores, so
the figures are those of the pair, not of the server alone.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.clock import utc_now
from ferrule_providers.store import audit, schema
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import connection
from tests.providers import packages, postgresql
from tests.services.real import REPOSITORY, ServiceMissingError, stop
from tests.services.scripted import ScriptedService

LIST = "/v1/admin/connector-providers"
VISITORS = 16
LIST_SECONDS = 8.0
SET_UPS = 1_000
WRITERS = 16
PROVIDERS = 50
ENOUGH_LISTS = 500
ONE_KEY = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@contextlib.contextmanager
def serving(url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """Run the service with two workers; gives its port and its session."""
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = int(finder.getsockname()[1])
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "ferrule_providers", "serve", "--database", url),
            *("--port", str(port), "--workers", "2"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=REPOSITORY,
        start_new_session=True,
        env={**os.environ, "FERRULE_KEYS": ONE_KEY, "PYTHONPATH": str(folder)},
    )
    try:
        asyncio.run(_wait(port))
        yield port, process.pid
    finally:
        stop(process)


def cpu_seconds(session: int) -> float:
    """The processor time so far of all processes that a service started, itself included."""
    total = 0
    for about in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = about.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


async def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if (await _Visitor.ask_once(port, "GET", "/health", ""))[0] == 200:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError("the service does not answer")


class _Visitor:
    """One kept-alive connection that asks and reads answers."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "_Visitor":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    @classmethod
    async def ask_once(cls, port: int, method: str, path: str, key: str) -> tuple[int, bytes]:
        visitor = await cls.open(port)
        try:
            return await visitor.ask(method, path, key)
        finally:
            visitor.close()

    async def ask(self, method: str, path: str, key: str, body: bytes = b"") -> tuple[int, bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {key}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        status = int(answer.split(b" ", 2)[1])
        length = int(answer.lower().split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0])
        return status, await self._reader.readexactly(length)

    def close(self) -> None:
        self._writer.close()


async def lists_a_second(port: int, key: str) -> tuple[float, float, int]:
    """Answers a second, the 99th percentile in ms, and how many were no 200."""
    end = time.perf_counter() + LIST_SECONDS
    seconds: list[float] = []
    wrong = 0

    async def visit() -> None:
        nonlocal wrong
        visitor = await _Visitor.open(port)
        while time.perf_counter() < end:
            began = time.perf_counter()
            status, _ = await visitor.ask("GET", f"{LIST}?limit=50", key)
            seconds.append(time.perf_counter() - began)
            wrong += status != 200
        visitor.close()

    await asyncio.gather(*(visit() for _ in range(VISITORS)))
    seconds.sort()
    return len(seconds) / LIST_SECONDS, seconds[int(len(seconds) * 0.99)] * 1000, wrong


async def set_up_many(port: int, key: str, server: str) -> tuple[float, int]:
    """Set-ups a second by all writers together, and how many were refused."""
    numbers = iter(range(SET_UPS))
    refused = 0

    async def write() -> None:
        nonlocal refused
        visitor = await _Visitor.open(port)
        for number in numbers:
            body = {"server": server, "email": "a@b.example", "api_token": f"secret-{number}"}
            path = f"{LIST}/acme/setup?connection=c{number}"
            status, _ = await visitor.ask("POST", path, key, json.dumps(body).encode())
            refused += status != 200
        visitor.close()

    began = time.perf_counter()
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    return SET_UPS / (time.perf_counter() - began), refused


def measure(name: str, url: str, folder: Path, service: ScriptedService) -> bool:
    """Measure one database and print a line of each figure; False if something was lost."""
    database = Database(url)
    schema.migrate(database)
    keys = ApiKeys(database, utc_now)
    key, _ = keys.make("bench", ["read", "write"], Actor("bench", "1"))
    server = service.url.replace("127.0.0.1", "93.184.216.34")
    with serving(url, folder) as (port, session):
        began = cpu_seconds(session)
        a_second, refused = asyncio.run(set_up_many(port, key, server))
        between = cpu_seconds(session)
        rate, slowest, wrong = asyncio.run(lists_a_second(port, key))
        ended = cpu_seconds(session)
    cpu_set_up = (between - began) / SET_UPS * 1000
    cpu_list = (ended - between) / (rate * LIST_SECONDS) * 1000
    with database.reading() as db:
        stored = len(db.execute(connection.select()).all())
        _, broken = audit.verify(db)
    database.close()
    print(
        f"{name:10}  {rate:6.0f} lists/s (p99 {slowest:.0f} ms, {wrong} errors, "
        f"{cpu_list:.1f} ms of processor each)  "
        f"{a_second:5.0f} set-ups/s by {WRITERS} writers ({stored} of {SET_UPS} stored, "
        f"{refused} refused, {cpu_set_up:.1f} ms of processor each)  "
        f"audit chain {'whole' if broken is None else broken}"
    )
    good = stored == SET_UPS and not refused and not wrong and broken is None
    return good and rate >= ENOUGH_LISTS


def main() -> None:
    """Measure SQLite, and PostgreSQL where it is installed."""
    with tempfile.TemporaryDirectory(prefix="ferrule-bench-") as place:
        folder = Path(place)
        for number in range(PROVIDERS):
            name = f"p{number:02d}"
            source = packages.acme().replace('"acme"', f'"{name}"')
            packages.write(folder, name, source.replace("acme_connector", f"{name}_connector"))
        packages.write(folder, "acme", packages.acme())
        service = ScriptedService()
        results: list[Any] = []
        try:
            results.append(measure("SQLite", str(folder / "providers.db"), folder, service))
            with contextlib.suppress(ServiceMissingError), postgresql.running() as server:
                import psycopg

                with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
                    admin.execute("CREATE DATABASE bench")
                results.append(measure("PostgreSQL", f"{server}/bench", folder, service))
        finally:
            service.close()
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
