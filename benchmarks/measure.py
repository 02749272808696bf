"""CPU seconds of whole processes and of blocks inside one; medians of ratios taken in turns.

These machines are shared: a single figure says little, the ratio of two neighbours says more.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def cpu_of(command: Sequence[str], *, folder: Path | None = None) -> float:
    """User and system seconds of one run of a command, its children included.

    Raises RuntimeError with the end of its output where it fails.
    """
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        told = output.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
    return usage.ru_utime + usage.ru_stime


def in_turns(
    commands: Mapping[str, Sequence[str]], *, rounds: int, folder: Path | None = None
) -> dict[str, list[float]]:
    """CPU seconds of each command in each round, all in turn, after one round unmeasured."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            seconds = cpu_of(command, folder=folder)
            if number:
                taken[name].append(seconds)
    return taken


def blocks_in_turns(
    blocks: dict[str, Callable[[], object]], *, rounds: int
) -> dict[str, list[float]]:
    """CPU seconds of each block in each round, all in turn, after one round unmeasured."""
    taken: dict[str, list[float]] = {name: [] for name in blocks}
    for number in range(rounds + 1):
        for name, block in blocks.items():
            began = time.process_time()
            block()
            if number:
                taken[name].append(time.process_time() - began)
    return taken


def ratio(taken: dict[str, list[float]], name: str, to: str) -> float:
    """The median, over the rounds, of one against the other."""
    return statistics.median(a / b for a, b in zip(taken[name], taken[to], strict=True))


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table."""
    print(f"\n## {title}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()
