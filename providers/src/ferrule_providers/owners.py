"""Names this process so that others on the same machine can tell whether it still runs."""

import functools
import json
import os
import threading
from pathlib import Path

_PROC = Path("/proc")


def owner_name() -> str:
    """A name for the calling thread of this process, unlike any other anywhere."""
    return json.dumps([*_process(os.getpid()), threading.get_ident(), os.urandom(4).hex()])


def is_gone(name: str) -> bool:
    """Whether the process behind a name is known to have ended.

    False where it cannot be known: on another machine, or in another container.
    """
    try:
        boot, space, pid, started, *_ = json.loads(name)
    except (ValueError, TypeError):
        return False
    own = _process(os.getpid())
    if not boot or not space or [boot, space] != [own[0], own[1]] or not isinstance(pid, int):
        return False
    now_started = _started(pid)
    return now_started is None or (bool(started) and now_started != started)


@functools.lru_cache(maxsize=4)
def _process(pid: int) -> tuple[str, str, int, str]:
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        space = str((_PROC / "self/ns/pid").readlink())
    except OSError:
        boot, space = "", ""
    return boot, space, pid, _started(pid) or ""


def _started(pid: int) -> str | None:
    """When a process began, in ticks since the machine did; None if there is no such process."""
    try:
        text = (_PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    except OSError:
        return ""
    # The name of the program stands in parentheses and may hold blanks and parentheses itself.
    state, *fields = text.rpartition(")")[2].split()
    return None if state in ("Z", "X") else fields[18]
