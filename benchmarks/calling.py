"""CPU of a typed call in the client's process, against the same request by hand with httpx."""

import asyncio
import importlib
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks.figures import keep
from benchmarks.measure import blocks_in_turns, ratio, table
from benchmarks.served import served
from benchmarks.workload import spec_text

CALLS = 60
ROUNDS = 15
TASKS = 64
BY_HAND, TYPED = "httpx.get + json()", "typed call"


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

    return {BY_HAND: raw, TYPED: typed}


async def async_blocks(make: Callable[[], Any], url: str, tasks: int) -> dict[str, list[float]]:
    """CPU seconds of each block in each round."""
    import httpx

    async with httpx.AsyncClient() as by_hand, make() as client:

        async def raw() -> None:
            (await by_hand.get(url)).json()

        async def typed() -> None:
            await client.account_0000.get(id_="a1")

        taken: dict[str, list[float]] = {BY_HAND: [], TYPED: []}
        for number in range(ROUNDS + 1):
            for name, one in ((BY_HAND, raw), (TYPED, typed)):
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

    def row(what: str, taken: dict[str, list[float]], calls: int, goal: str) -> list[str]:
        cells = [f"{statistics.median(taken[name]) / calls * 1e6:.0f} µs" for name in taken]
        return [what, *cells, f"{ratio(taken, TYPED, BY_HAND):.2f}", goal]

    with module.Acme(**options) as client:
        taken = blocks_in_turns(sync_blocks(client, url), rounds=ROUNDS)
        rows = [row("sync", taken, CALLS, "0.60")]
    for library in ("httpx", "httpx2"):
        with (
            importlib.import_module(library).Client() as own,
            module.Acme(**options, http_client=own) as client,
        ):
            taken = blocks_in_turns(sync_blocks(client, url), rounds=ROUNDS)
        rows.append(row(f"sync, a {library}.Client of the user's", taken, CALLS, "1.15"))
    for tasks, goal in ((1, "0.50"), (TASKS, "0.25")):
        taken = asyncio.run(async_blocks(lambda: module.AsyncAcme(**options), url, tasks))
        calls = CALLS if tasks == 1 else 5 * tasks
        rows.append(row(f"async, {tasks} task{'s' * (tasks > 1)}", taken, calls, goal))
    return rows


def main() -> None:
    """Print microseconds a call and ratios."""
    # The limit of the spec would be kept: it must not be what is measured.
    spec = spec_text(10).replace("100/second", "1000000/second")
    with served(spec, "acme") as port:
        rows = measure(port)
    heads = ["one object of 1 KB", BY_HAND, TYPED, "ratio", "goal"]
    table("Call, client process only", heads, rows)
    told = [
        {
            "what": what,
            "httpx.get + json()": float(raw.removesuffix(" µs")),
            "typed call": float(typed.removesuffix(" µs")),
        }
        for what, raw, typed, *_ in rows
    ]
    keep("calling", told)


if __name__ == "__main__":
    main()
