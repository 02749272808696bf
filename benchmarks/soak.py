"""Minutes of work against a real Kinto through a proxy that harms bytes, held against a ledger.

`python -m benchmarks.soak [SECONDS [SEED]]`. Threads and tasks create records in both ways, by PUT
with a name of their own, which may be sent again, and by POST, which may not; others walk through
all pages meanwhile. What was confirmed has to be there once, what was not at most once.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.measure import table
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.connector import Connector, Rate
from ferrule_runtime.contract import Basic, Operation, Paging, body, header, template
from ferrule_runtime.errors import ConnectorError
from tests.services.real import find_program, kinto, running

SECONDS = 600.0
SHARE = 0.05
THREADS = 4
TASKS = 8
RECORDS = "/buckets/default/collections/soak/records"

CREATE: Operation[Any] = Operation("records.create", "POST", RECORDS, returns=dict[str, Any])
PUT: Operation[Any] = Operation("records.put", "PUT", RECORDS + "/{id}", returns=dict[str, Any])
LIST: Operation[Any] = Operation(
    "records.list",
    "GET",
    RECORDS,
    returns=list[dict[str, Any]],
    at=body("data"),
    paging=Paging(next_url=header("Next-Page")),
)


def connector(url: str) -> Connector:
    """The service at this URL; sixty calls a second, so that ten minutes stay in its memory."""
    return Connector(
        name="soak",
        base_url=template(url),
        auth=Basic("soak", "soak-password"),
        limits={"default": (Rate(60, 1.0),)},
    )


class Ledger:
    """What was asked for and what came of it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = 0
        self.confirmed: set[int] = set()
        self.unknown: set[int] = set()
        self.errors: Counter[str] = Counter()
        self.walks = self.pages = self.lost_in_walks = self.doubled_in_walks = 0

    def next_number(self) -> int:
        """A number that no other record has."""
        with self._lock:
            self._number += 1
            return self._number

    def settle(self, number: int, error: ConnectorError | None) -> None:
        """What came of the record of this number."""
        with self._lock:
            if error is None:
                self.confirmed.add(number)
            else:
                self.unknown.add(number)
                self.errors[type(error).__name__] += 1

    def before(self) -> set[int]:
        """What a walk that begins now has to see."""
        with self._lock:
            return set(self.confirmed)

    def walked(self, seen: list[int], expected: set[int], pages: int) -> None:
        """Hold what a walk gave against what there was when it began."""
        with self._lock:
            self.walks += 1
            self.pages += pages
            self.lost_in_walks += len(expected - set(seen))
            self.doubled_in_walks += len(seen) - len(set(seen))


def arguments(number: int) -> tuple[Operation[Any], dict[str, Any]]:
    """Every other record is put, so that it may be sent again; the others are posted."""
    document = {"data": {"n": number, "text": "x" * (number % 500)}}
    if number % 2:
        return CREATE, {"body": document}
    return PUT, {"path": (f"r{number}",), "body": document}


def work_in_thread(client: SyncClient, ledger: Ledger, until: float) -> None:
    """Create records, one after the other."""
    while time.monotonic() < until:
        number = ledger.next_number()
        operation, given = arguments(number)
        error: ConnectorError | None = None
        try:
            client._run(operation, **given)
        except ConnectorError as met:
            error = met
        ledger.settle(number, error)


def walk_in_thread(client: SyncClient, ledger: Ledger, until: float) -> None:
    """Walk through all pages, again and again."""
    while time.monotonic() < until:
        expected, seen, pages = ledger.before(), [], 0
        try:
            for page in client._pages(LIST).pages(prefetch=1):
                pages += 1
                seen += [record["n"] for record in page.items]
        except ConnectorError as error:
            ledger.errors[f"walk: {type(error).__name__}"] += 1
            continue
        ledger.walked(seen, expected, pages)
        time.sleep(2.0)


async def work_in_tasks(client: AsyncClient, ledger: Ledger, until: float) -> None:
    """Create records in several tasks of one loop."""

    async def one() -> None:
        while time.monotonic() < until:
            number = ledger.next_number()
            operation, given = arguments(number)
            error: ConnectorError | None = None
            try:
                await client._run(operation, **given)
            except ConnectorError as met:
                error = met
            ledger.settle(number, error)

    async with client:
        await asyncio.gather(*(one() for _ in range(TASKS)))


def soak(url: str, seconds: float) -> tuple[Ledger, Any]:
    """Work through the proxy for so long; the ledger, and what the client counted."""
    ledger, until = Ledger(), time.monotonic() + seconds
    made = connector(url)
    options: Any = {"timeout": 2.0, "deadline": 30.0, "max_attempts": 6, "backoff": (0.05, 1.0)}
    sync = type("Soak", (SyncClient,), {"_connector": made})({}, options)
    asynchronous = type("AsyncSoak", (AsyncClient,), {"_connector": made})(
        {}, {**options, "share_with": sync}
    )
    threads = [
        threading.Thread(target=work_in_thread, args=(sync, ledger, until)) for _ in range(THREADS)
    ]
    threads.append(threading.Thread(target=walk_in_thread, args=(sync, ledger, until)))
    for thread in threads:
        thread.start()
    asyncio.run(work_in_tasks(asynchronous, ledger, until))
    for thread in threads:
        thread.join()
    stats = (sync.stats(), asynchronous.stats())
    sync.close()
    return ledger, stats


def found(url: str) -> Counter[int]:
    """How often each number is there, asked for without the proxy."""
    client = type("Soak", (SyncClient,), {"_connector": connector(url)})({}, {"rate_limits": False})
    with client:
        return Counter(record["n"] for record in client._pages(LIST))


def main() -> int:
    """Print what was done and what came of it; 1 where anything was lost or doubled."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20261122
    service = kinto({"paginate_by": "200"})
    with (
        tempfile.TemporaryDirectory() as folder,
        running(service, Path(folder), find_program(service)) as origin,
        subprocess.Popen(
            [
                *(sys.executable, "-m", "benchmarks.chaos"),
                *(str(urlsplit(origin).port), str(seed), str(SHARE)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ,
        ) as proxy,
    ):
        assert proxy.stdout is not None
        port = int(proxy.stdout.readline())
        began = time.monotonic()
        ledger, stats = soak(f"http://127.0.0.1:{port}/v1", seconds)
        took = time.monotonic() - began
        told, _ = proxy.communicate()
        there = found(f"{origin}/v1")
    return report(ledger, stats, json.loads(told), there, took)


def report(ledger: Ledger, stats: Any, done: dict[str, int], there: Any, took: float) -> int:
    """Print the tables; how the process is to end."""
    lost = len(ledger.confirmed - there.keys())
    doubled = sum(count > 1 for count in there.values())
    stray = len(there.keys() - ledger.confirmed - ledger.unknown)
    harmed = sum(count for what, count in done.items() if what not in ("parts", "connections"))
    rows = [
        ["seconds", f"{took:.0f}"],
        ["parts of bytes that passed, harmed", f"{done['parts']}, {harmed}"],
        ["calls, attempts", f"{sum(s.calls for s in stats)}, {sum(s.attempts for s in stats)}"],
        ["records confirmed", f"{len(ledger.confirmed)}"],
        ["calls that ended in an error", f"{sum(ledger.errors.values())}"],
        ["… whose record is there all the same", f"{len(ledger.unknown & there.keys())}"],
        ["**confirmed and lost**", f"**{lost}**"],
        ["**there more than once**", f"**{doubled}**"],
        ["there and never asked for", f"{stray}"],
        ["walks, pages", f"{ledger.walks}, {ledger.pages}"],
        [
            "**lost in walks, doubled in walks**",
            f"**{ledger.lost_in_walks}, {ledger.doubled_in_walks}**",
        ],
    ]
    table("Soak: Kinto through a proxy that harms 5 % of what passes", ["what", "count"], rows)
    told = sorted((what, n) for what, n in done.items() if what not in ("parts", "connections"))
    print("\nHarm: " + ", ".join(f"{what} {count}" for what, count in told))
    print("Errors: " + (", ".join(f"{name} {n}" for name, n in ledger.errors.items()) or "none"))
    is_well = not (lost or doubled or stray or ledger.lost_in_walks or ledger.doubled_in_walks)
    print("\nNothing was lost and nothing was doubled." if is_well else "\nIT DOES NOT ADD UP.")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
