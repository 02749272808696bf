"""Tells what lives in a process that it is a child now: whoever held its locks is not here."""

import os
from typing import Protocol
from weakref import WeakSet


class Forked(Protocol):
    """Something with locks, waiters or connections of its own."""

    def after_fork(self) -> None:
        """Make anew what belongs to the parent's threads."""
        ...


_alive: "WeakSet[Forked]" = WeakSet()


def watch(thing: Forked) -> None:
    """Tell this thing, as long as it lives, when it finds itself in a child process."""
    _alive.add(thing)


def _after_fork() -> None:
    for thing in list(_alive):
        thing.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
