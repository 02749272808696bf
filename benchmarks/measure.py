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
from typing import NamedTuple


class Used(NamedTuple):
    """What one run took: user and system seconds, and the largest resident set in MB."""

    seconds: float
    peak_mb: float


def used_by(
    command: Sequence[str], *, folder: Path | None = None, env: Mapping[str, str] | None = None
) -> Used:
    """What one run of a command takes, its children included in the seconds.

    Raises RuntimeError with the end of its output where it fails.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=None if env is None else dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        told = output.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def as_installed(folder: Path) -> dict[str, str]:
    """The environment of a program that was installed: its bytecode is there when it starts.

    Bytecode and what the compiler keeps go below `folder`, so that no run finds another's.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    env["XDG_CACHE_HOME"] = str(folder / "kept")
    return env


def in_turns(
    commands: Mapping[str, Sequence[str]],
    *,
    rounds: int,
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
    before: Callable[[str], object] = str,
) -> dict[str, list[Used]]:
    """What each command takes in each round, all in turn, after one round unmeasured.

    `before` is called with the name of a command ahead of each run.
    """
    taken: dict[str, list[Used]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            before(name)
            used = used_by(command, folder=folder, env=env)
            if number:
                taken[name].append(used)
    return taken


def seconds(taken: Mapping[str, Sequence[Used]]) -> dict[str, list[float]]:
    """The seconds of each command."""
    return {name: [each.seconds for each in runs] for name, runs in taken.items()}


def peaks(taken: Mapping[str, Sequence[Used]]) -> dict[str, list[float]]:
    """The peaks of memory of each command, in MB."""
    return {name: [each.peak_mb for each in runs] for name, runs in taken.items()}


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


def ratio(taken: Mapping[str, list[float]], name: str, to: str) -> float:
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
