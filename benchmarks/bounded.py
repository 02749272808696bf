"""Runs one process within bounds of time and memory, and tells what it took."""

import os
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TAIL = 3000


@dataclass(frozen=True, slots=True)
class Run:
    """What a process came to. `cpu_seconds` counts its children, `peak_mb` the largest of them."""

    status: int
    output: str
    cpu_seconds: float
    peak_mb: float
    is_late: bool = False

    @property
    def tail(self) -> str:
        """The end of what it said."""
        text = self.output.strip()
        return text if len(text) <= _TAIL else f"…{text[-_TAIL:]}"


def run(
    command: Sequence[str],
    *,
    seconds: float,
    memory_mb: int = 6000,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """One process, stopped after `seconds` of the clock; both its streams are kept."""

    bounded = ["sh", "-c", f'ulimit -v {memory_mb << 10}; exec "$@"', "sh", *command]
    with subprocess.Popen(
        bounded,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            os.killpg(process.pid, 9)

        clock = threading.Timer(seconds, stop)
        clock.start()
        try:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            clock.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
    return Run(
        process.returncode,
        output.decode(errors="replace"),
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        late.is_set(),
    )
