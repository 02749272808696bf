"""Runs a function over many things in processes of its own, as many as there are cores to use."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def cores() -> int:
    """How many processes can run at a time."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def in_processes(
    function: Callable[[Thing], Result],
    things: Sequence[Thing],
    jobs: int,
    *,
    on_result: Callable[[Thing], object],
) -> list[Result]:
    """What the function gives for each, in their order, made by `jobs` processes.

    Give the dearest first. Function, things and results travel between processes. Where the system
    can fork, what was imported before need not be imported again.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    can_fork = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if can_fork else None)
    pool = ProcessPoolExecutor(min(jobs, len(things)), context, _leave_interrupts_to_the_parent)
    try:
        futures = {pool.submit(function, thing): number for number, thing in enumerate(things)}
        found: dict[int, Result] = {}
        for future in as_completed(futures):
            number = futures[future]
            found[number] = future.result()
            on_result(things[number])
        return [found[number] for number in range(len(things))]
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
