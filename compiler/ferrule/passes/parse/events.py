"""Opens a text as the events of the YAML reader."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from yaml._yaml import CParser


def events_of(text: str) -> Callable[[], Any]:
    """Gives one event a call, and raises YAMLError where the text is not YAML."""
    next_event: Callable[[], Any] = CParser(text).get_event
    return next_event


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keeps the garbage collector from looking through a tree that only grows."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
