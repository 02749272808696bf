"""Opens a text as the events of the YAML reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml._yaml import CParser


def events_of(text: str) -> Callable[[], Any]:
    """Gives one event a call, and raises YAMLError where the text is not YAML."""
    next_event: Callable[[], Any] = CParser(text).get_event
    return next_event
