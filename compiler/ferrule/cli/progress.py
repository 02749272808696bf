"""Shows how far a long run is, at a terminal alone: specs, the stage of one, the time left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ferrule.cli.terminal import is_coloured, is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Nobody needs a bar for what is over at once; rich is loaded when it is not.
PATIENCE_SECONDS = 1.0
_SHARES = {"checking": 0.0, "writing code": 0.3, "polishing": 0.6, "done": 1.0}


class RunProgress:
    """Hears what happens to each spec, and draws a bar of all once a run takes its time.

    `sizes` are the sizes of the specs by name: work is counted by them.
    """

    def __init__(
        self,
        sizes: Mapping[str, int],
        colour: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sizes = {name: max(size, 1) for name, size in sizes.items()}
        self._colour = colour
        self._clock = clock
        self._began = clock()
        self._done: dict[str, float] = {}
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._is_shown = is_terminal(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def tell(self, name: str, stage: str) -> None:
        """The spec of this name has reached a stage."""
        self._done[name] = _SHARES[stage]
        if not self._is_shown or self._clock() - self._began < PATIENCE_SECONDS:
            return
        if self._bar is None:
            self._bar = self._drawn()
            self._task = self._bar.add_task("", total=sum(self._sizes.values()))
            self._bar.start()
        assert self._task is not None
        finished = sum(share == 1.0 for share in self._done.values())
        self._bar.update(
            self._task,
            completed=sum(self._sizes[each] * share for each, share in self._done.items()),
            description=f"{finished} of {len(self._sizes)} specs, {stage} {name}",
        )

    def _drawn(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        return Progress(
            BarColumn(20),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True, no_color=not is_coloured(self._colour, sys.stderr)),
            transient=True,
        )
