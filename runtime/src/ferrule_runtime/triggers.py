"""Polling triggers: what is new in a list since it was last asked, each thing once."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Generic, TypeVar

from ferrule_runtime.checkpoint import read_checkpoint, write_checkpoint
from ferrule_runtime.moments import moment_seconds
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.sweep import inside

__all__ = ["AsyncTrigger", "Trigger"]

T = TypeVar("T")


class _Watched(Generic[T]):
    """Where a trigger stands: the latest cursor that was seen, and who had it.

    Things may share a cursor (a second, a day): those that were told are remembered by their ids.
    """

    def __init__(
        self,
        name: str,
        cursor: tuple[Any, ...],
        id: tuple[Any, ...],  # noqa: A002 - the language's word
        checkpoint: str | Omit,
        *,
        newest_first: bool,
        backfill: bool,
    ) -> None:
        self._name = name
        self._cursor = cursor
        self._id = id
        self._newest_first = newest_first
        state = {} if isinstance(checkpoint, Omit) else read_checkpoint(checkpoint, name)
        self._latest: float | str | None = state.get("c")
        self._told: list[str] = list(state.get("i", ()))
        # The first poll of all tells where things stand, unless all of it is wanted.
        self._is_first = isinstance(checkpoint, Omit) and not backfill

    @property
    def checkpoint(self) -> str:
        """Opaque text: pass it as `checkpoint=` to go on another day."""
        return write_checkpoint(self._name, {"c": self._latest, "i": self._told})

    def is_behind(self, item: T) -> bool:
        """Whether all that follows was told before, in a list that begins with the newest."""
        at, latest = self._at(item), self._latest
        if not self._newest_first or latest is None or at is None:
            return False
        return at < latest  # type: ignore[operator]

    def taken(self, items: list[T]) -> list[T]:
        """The new ones among the items, oldest first; they are remembered."""
        latest, told = self._latest, set(self._told)
        new = []
        for item in items:
            at, key = self._at(item), self._key(item)
            if at is None or (latest is not None and at < latest):  # type: ignore[operator]
                continue
            if latest is not None and at == latest and key in told:
                continue
            new.append((at, key, item))
        new.sort(key=lambda each: each[0])
        if new:
            top = new[-1][0]
            kept = self._told if top == latest else []
            self._latest = top
            self._told = sorted({*kept, *(key for at, key, _ in new if at == top)})
        found: list[T] = [] if self._is_first else [item for _, _, item in new]
        self._is_first = False
        return found

    def _at(self, item: T) -> float | str | None:
        value = inside(item, self._cursor)
        moment = moment_seconds(value) if not isinstance(value, str) else None
        return moment if moment is not None else None if value is None else str(value)

    def _key(self, item: T) -> str:
        return str(inside(item, self._id))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._name})"


class Trigger(_Watched[T]):
    """What is new in a list. `poll()` asks once; `events()` goes on asking.

    Nothing is told twice, and nothing is lost between two polls; keep `checkpoint` after what was
    told has been dealt with.
    """

    def __init__(
        self,
        name: str,
        listed: Callable[[], Iterator[T]],
        *,
        cursor: tuple[Any, ...],
        id: tuple[Any, ...],  # noqa: A002
        every_seconds: float,
        checkpoint: str | Omit = omit,
        newest_first: bool = False,
        backfill: bool = False,
    ) -> None:
        super().__init__(name, cursor, id, checkpoint, newest_first=newest_first, backfill=backfill)
        self._listed = listed
        self.every_seconds = every_seconds

    def poll(self) -> list[T]:
        """What is new since the last poll, oldest first. The first one of all tells nothing."""
        items: list[T] = []
        for item in self._listed():
            if self.is_behind(item):
                break
            items.append(item)
        return self.taken(items)

    def events(self, *, sleep: Callable[[float], Any] = time.sleep) -> Iterator[T]:
        """What is new, as it comes, for ever; between two polls `every_seconds` pass."""
        while True:
            yield from self.poll()
            sleep(self.every_seconds)


class AsyncTrigger(_Watched[T]):
    """What is new in a list. `await poll()` asks once; `events()` goes on asking.

    Nothing is told twice, and nothing is lost between two polls; keep `checkpoint` after what was
    told has been dealt with.
    """

    def __init__(
        self,
        name: str,
        listed: Callable[[], AsyncIterator[T]],
        *,
        cursor: tuple[Any, ...],
        id: tuple[Any, ...],  # noqa: A002
        every_seconds: float,
        checkpoint: str | Omit = omit,
        newest_first: bool = False,
        backfill: bool = False,
    ) -> None:
        super().__init__(name, cursor, id, checkpoint, newest_first=newest_first, backfill=backfill)
        self._listed = listed
        self.every_seconds = every_seconds

    async def poll(self) -> list[T]:
        """What is new since the last poll, oldest first. The first one of all tells nothing."""
        items: list[T] = []
        async for item in self._listed():
            if self.is_behind(item):
                break
            items.append(item)
        return self.taken(items)

    async def events(self) -> AsyncIterator[T]:
        """What is new, as it comes, for ever; between two polls `every_seconds` pass."""
        import asyncio

        while True:
            for item in await self.poll():
                yield item
            await asyncio.sleep(self.every_seconds)
