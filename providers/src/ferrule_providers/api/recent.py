"""Keeps the latest bodies by their entity tags: a tag is read anew each time, so none is stale."""

import threading
from collections import OrderedDict
from collections.abc import Callable

Body = tuple[str, str | None]


class Recent:
    """At most so many bodies; the one that was longest not asked for goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._bodies: OrderedDict[str, Body] = OrderedDict()

    def get(self, tag: str, make: Callable[[], Body]) -> Body:
        """The body of a tag, made if it is not there."""
        with self._lock:
            found = self._bodies.get(tag)
            if found is not None:
                self._bodies.move_to_end(tag)
                return found
        made = make()
        with self._lock:
            self._bodies[tag] = made
            while len(self._bodies) > self._most:
                self._bodies.popitem(last=False)
        return made
