"""Keeps threads apart: what waits for services elsewhere stands in the way of nothing else.

The threads of the framework, forty, are for what only asks the database. Were tests run in them,
forty tests of a service that hangs would keep every page, and `/health`, from being answered.
"""

import inspect
from collections.abc import Callable, Coroutine
from functools import partial, update_wrapper
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 40


class Lane:
    """A number of threads of each event loop; who finds them all busy waits without one."""

    def __init__(self, name: str, threads: int = THREADS) -> None:
        self._threads = threads
        self._limiter: RunVar[CapacityLimiter] = RunVar(f"ferrule_providers.{name}")

    def __call__(self, work: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
        """A route that runs in a thread of this lane."""

        async def run(*args: P.args, **options: P.kwargs) -> T:
            return await run_sync(partial(work, *args, **options), limiter=self._of_this_loop())

        update_wrapper(run, work)
        # A framework looks through a wrapper, and would run what it finds in a thread of its own.
        del run.__wrapped__  # type: ignore[attr-defined]
        run.__signature__ = inspect.signature(work)  # type: ignore[attr-defined]
        return run

    def _of_this_loop(self) -> CapacityLimiter:
        limiter = self._limiter.get(None)
        if limiter is None:
            limiter = CapacityLimiter(self._threads)
            self._limiter.set(limiter)
        return limiter


asking = Lane("asking")
"""Set-ups, tests, sign-ins and resets: people wait for them, and services may be slow."""

handing_out = Lane("handing_out")
"""What clients are made from: a token may have to be refreshed first."""
