"""Makes the file system fail, or the process die, at a chosen step of writing a package."""

import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from ferrule.diagnostics import Report
from tests.compiler.packages import FIRST, SECOND, write

STEPS = (
    "mkdir", "open", "rename", "link", "symlink", "readlink", "chmod", "utime", "rmdir", "unlink",
    "scandir", "listdir",
)  # fmt: skip
OWN = {
    "NOTES.md": "mine",
    "drafts/deep/idea.txt": "mine",
    "acme_connector/models/mine.py": "mine",
}


def prepare(out: Path) -> None:
    """The first package, with files of the user's own in it."""
    write(out, FIRST)
    for name, text in OWN.items():
        (out / "acme" / name).parent.mkdir(parents=True, exist_ok=True)
        (out / "acme" / name).write_text(text)
    (out / "acme" / "drafts" / "shortcut").symlink_to("deep")


@contextmanager
def breaking(is_broken: Callable[[int], bool], fail: Callable[[], object]) -> Iterator[list[str]]:
    """Calls `fail` in the place of every step whose number is broken. Gives the steps taken."""
    taken: list[str] = []

    def breakable(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            taken.append(name)
            if is_broken(len(taken)):
                fail()
            return real(*args, **options)

        return step

    with ExitStack() as patches:
        for name in STEPS:
            real = getattr(os, name)
            patches.enter_context(mock.patch.object(os, name, breakable(name, real)))
        patches.enter_context(mock.patch.object(io, "open", breakable("io.open", io.open)))
        yield taken


def io_error() -> None:
    raise OSError(errno.EIO, "the disk is broken")


def die_at_every_step(folder: Path, limit: int) -> None:
    """For each step a process that dies there, in a folder of its own named after the step."""
    for number in range(1, limit + 1):
        out = folder / str(number)
        prepare(out)
        child = os.fork()
        if child == 0:
            with breaking(number.__eq__, lambda: os.kill(os.getpid(), signal.SIGKILL)):
                write(out, SECOND, Report())
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    die_at_every_step(Path(sys.argv[1]), int(sys.argv[2]))
