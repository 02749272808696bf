"""CPU of a typed call in the client's process, against the same request by hand with httpx."""

import asyncio
import importlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import keep
from benchmarks.measure import blocks_in_turns, ratio, table
from benchmarks.workload import write

CALLS = 60
ROUNDS = 15
TASKS = 64


def sync_blocks(client: Any, url: str) -> dict[str, Callable[[], object]]:
    """The same calls by hand and through the client."""
    import httpx

    by_hand = httpx.Client()

    def raw() -> None:
        for _ in range(CALLS):
            by_hand.get(url).json()

    def typed() -> None:
        for _ in range(CALLS):
            client.account_0000.get(id_="a1")

    return {"httpx.get + json()": raw, "typed call": typed}


async def async_blocks(make: Callable[[], Any], url: str, tasks: int) -> dict[str, list[float]]:
    """CPU seconds of each block in each round."""
    import httpx

    async with httpx.AsyncClient() as by_hand, make() as client:

        async def raw() -> None:
            (await by_hand.get(url)).json()

        async def typed() -> None:
            await client.account_0000.get(id_="a1")

        taken: dict[str, list[float]] = {"httpx.get + json()": [], "typed call": []}
        for number in range(ROUNDS + 1):
            for name, one in (("httpx.get + json()", raw), ("typed call", typed)):
                began = time.process_time()
                await _in_tasks(one, tasks)
                if number:
                    taken[name].append(time.process_time() - began)
        return taken


async def _in_tasks(one: Callable[[], Awaitable[None]], tasks: int) -> None:
    calls = CALLS if tasks == 1 else 5

    async def several() -> None:
        for _ in range(calls):
            await one()

    await asyncio.gather(*(several() for _ in range(tasks)))


def measure(port: int) -> list[list[str]]:
    """Rows: what, microseconds by hand, typed, ratio."""
    module = importlib.import_module("acme_connector")
    base_url = f"http://127.0.0.1:{port}"
    url = f"{base_url}/account_0000/a1"
    options = {"api_key": "k", "base_url": base_url, "rate_limits": True}

    def row(what: str, taken: dict[str, list[float]], calls: int) -> list[str]:
        cells = [f"{statistics.median(taken[name]) / calls * 1e6:.0f} µs" for name in taken]
        return [what, *cells, f"{ratio(taken, 'typed call', 'httpx.get + json()'):.2f}"]

    with module.Acme(**options) as client:
        rows = [row("sync", blocks_in_turns(sync_blocks(client, url), rounds=ROUNDS), CALLS)]
    for tasks in (1, TASKS):
        taken = asyncio.run(async_blocks(lambda: module.AsyncAcme(**options), url, tasks))
        rows.append(
            row(
                f"async, {tasks} task{'s' * (tasks > 1)}", taken, CALLS if tasks == 1 else 5 * tasks
            )
        )
    return rows


def main() -> None:
    """Print microseconds a call and ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec, _ = write(folder, 10)
        # The limit of the spec would be kept: it must not be what is measured.
        text = spec.read_text(encoding="utf-8").replace("100/second", "1000000/second")
        spec.write_text(text, encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "ferrule", "compile", str(spec), "-o", str(folder / "out")],
            check=True,
            capture_output=True,
        )
        sys.path.insert(0, str(folder / "out" / "acme"))
        with subprocess.Popen(
            [sys.executable, "-m", "benchmarks.service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stdout is not None
            try:
                rows = measure(int(server.stdout.readline()))
            finally:
                server.kill()
    heads = ["one object of 1 KB", "httpx.get + json()", "typed call", "ratio"]
    table("Call, client process only", heads, rows)
    told = [
        {
            "what": what,
            "httpx.get + json()": float(raw.removesuffix(" µs")),
            "typed call": float(typed.removesuffix(" µs")),
        }
        for what, raw, typed, _ in rows
    ]
    keep("calling", told)


if __name__ == "__main__":
    main()
