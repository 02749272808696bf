"""Handles of jobs, sync and async: ask, wait, follow the progress, cancel, go on another day."""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ferrule_runtime.drivers import AsyncSend, SyncSend, drive, drive_async

if TYPE_CHECKING:
    from collections.abc import Callable

    from ferrule_runtime.flows.job import JobRun
    from ferrule_runtime.wire import Call, Reply

__all__ = ["AsyncJob", "Job"]

T = TypeVar("T")


class _Handle(Generic[T]):
    """What both kinds of handles know."""

    def __init__(self, run: "JobRun", decode: "Callable[[Call, Reply], T]", told: str) -> None:
        self._run = run
        self._decode = decode
        self._told = told

    @property
    def is_done(self) -> bool:
        """Whether the service was heard to say so; nothing is sent."""
        return self._run.ended is not None

    @property
    def progress(self) -> Any:
        """What the service last said of the progress, None where it has said nothing."""
        return self._run.progress

    @property
    def checkpoint(self) -> str:
        """Opaque text for `checkpoint=` of the method that began the job: go on another day."""
        return self._run.checkpoint

    def __repr__(self) -> str:
        state = "done" if self.is_done else f"progress={self.progress!r}"
        return f"{type(self).__name__}({self._told}, {state})"


class Job(_Handle[T]):
    """Work that the service does in its own time.

    `job.result()` waits for it; `for progress in job.updates()` follows it; `job.poll()` asks once.
    """

    def __init__(
        self,
        run: "JobRun",
        decode: "Callable[[Call, Reply], T]",
        told: str,
        send: "Callable[[], SyncSend]",
    ) -> None:
        super().__init__(run, decode, told)
        self._send = send

    def poll(self) -> bool:
        """Ask once, now: whether the work is done. Raises JobFailed where it has failed."""
        return drive(self._run.poll(), self._send())

    def updates(self, timeout: float | None = None) -> Iterator[Any]:
        """The progress each time that it changes, until the work is done.

        Raises JobFailed, and Timeout after so many seconds without news.
        """
        while not self.is_done:
            drive(self._run.wait(timeout), self._send())
            yield self.progress

    def result(self, timeout: float | None = None) -> T:
        """Wait for the result, at most so many seconds (the spec's own time where none is given).

        Raises JobFailed, and Timeout where it takes longer: the work goes on, ask again.
        """
        call, reply = drive(self._run.finish(timeout), self._send())
        return self._decode(call, reply)

    def cancel(self) -> None:
        """Tell the service to give the work up. Raises TypeError where it has no way to."""
        drive(self._run.cancel(), self._send())


class AsyncJob(_Handle[T]):
    """Work that the service does in its own time.

    `await job.result()` waits for it; `async for progress in job.updates()` follows it;
    `await job.poll()` asks once.
    """

    def __init__(
        self,
        run: "JobRun",
        decode: "Callable[[Call, Reply], T]",
        told: str,
        send: "Callable[[], AsyncSend]",
    ) -> None:
        super().__init__(run, decode, told)
        self._send = send

    async def poll(self) -> bool:
        """Ask once, now: whether the work is done. Raises JobFailed where it has failed."""
        return await drive_async(self._run.poll(), self._send())

    async def updates(self, timeout: float | None = None) -> AsyncIterator[Any]:
        """The progress each time that it changes, until the work is done.

        Raises JobFailed, and Timeout after so many seconds without news.
        """
        while not self.is_done:
            await drive_async(self._run.wait(timeout), self._send())
            yield self.progress

    async def result(self, timeout: float | None = None) -> T:
        """Wait for the result, at most so many seconds (the spec's own time where none is given).

        Raises JobFailed, and Timeout where it takes longer: the work goes on, ask again.
        """
        call, reply = await drive_async(self._run.finish(timeout), self._send())
        return self._decode(call, reply)

    async def cancel(self) -> None:
        """Tell the service to give the work up. Raises TypeError where it has no way to."""
        await drive_async(self._run.cancel(), self._send())
