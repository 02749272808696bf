"""Walks the events of a text and makes plain values of them, as fast as the reader gives them."""

from __future__ import annotations

from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ferrule.collector import collector_at_rest
from ferrule.passes.parse.core import VALUE_STARTS, core_value
from ferrule.passes.parse.events import events_of
from ferrule.passes.parse.torn import is_open

# A key that ends in `?` has a twin without it that must not be there; `<<` merges.
_KEY_ENDS = frozenset(("?", "", "<"))


class Doubtful(Exception):
    """The text holds something that has to be looked at slowly, or that is refused."""


def read_values(text: str, depth_limit: int) -> tuple[dict[str, Any], bool]:
    """The values of a document, and whether anything in it needs a closer look.

    Raises Doubtful where the values themselves are in doubt, YAMLError where it is not YAML.
    """
    with collector_at_rest():
        return _Values(text, depth_limit).read()


class _Values:
    def __init__(self, text: str, depth_limit: int):
        self.next_event = events_of(text)
        self.depth_limit = depth_limit
        self.is_doubtful = False
        self.documents = 0
        # Judged at the end, when their maps and lists are whole.
        self.optional_keys: list[tuple[dict[str, Any], str]] = []
        self.flow_collections: list[Any] = []

    def read(self) -> tuple[dict[str, Any], bool]:
        root: list[Any] = []
        self._walk(root)
        if self.documents != 1 or len(root) != 1 or not isinstance(root[0], dict):
            raise Doubtful
        is_doubtful = (
            self.is_doubtful
            or any(key[:-1] in found for found, key in self.optional_keys)
            or any(_holds_torn_text(found) for found in self.flow_collections)
        )
        return root[0], is_doubtful

    def _walk(self, root: list[Any]) -> None:
        next_event = self.next_event
        current: Any = root
        is_map = False
        key: str | None = None
        outer: list[tuple[Any, bool]] = []
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if event.anchor is not None or event.tag is not None:
                    raise Doubtful
                if is_map and key is None:
                    key = value
                    if value in current or value[-1:] in _KEY_ENDS or not value.isascii():
                        self._look_at_key(value, current)
                    continue
                if event.style == "" and (value[:1] in VALUE_STARTS or not value.isascii()):
                    value = self._plain_value(value)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                value = {} if kind is MappingStartEvent else []
                self._look_at_collection(event, value, is_map and key is None, len(outer))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                current, is_map = outer.pop()
                key = None
                continue
            elif kind is StreamEndEvent:
                return
            else:
                self._look_at_frame(event)
                continue
            if is_map:
                current[key] = value
                key = None
            else:
                current.append(value)
            if kind is not ScalarEvent:
                outer.append((current, is_map))
                current = value
                is_map = kind is MappingStartEvent

    def _plain_value(self, text: str) -> object:
        if not text or not text.isascii():
            self.is_doubtful = True
        try:
            return core_value(text)
        except OverflowError:
            self.is_doubtful = True
            return None

    def _look_at_key(self, key: str, found: dict[str, Any]) -> None:
        if key.endswith("?") and key not in found and key.isascii():
            self.optional_keys.append((found, key))
        else:
            self.is_doubtful = True

    def _look_at_collection(self, event: Any, new: object, is_key: bool, depth: int) -> None:
        if is_key or event.anchor is not None or event.tag is not None:
            raise Doubtful
        if depth >= self.depth_limit:
            raise Doubtful
        if event.flow_style:
            self.flow_collections.append(new)

    def _look_at_frame(self, event: Any) -> None:
        """The events around the document, and aliases."""
        if type(event) is AliasEvent:
            raise Doubtful
        if type(event) is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1 or event.version or event.tags:
                raise Doubtful


def _holds_torn_text(found: Any) -> bool:
    values = found.values() if isinstance(found, dict) else found
    return any(isinstance(value, str) and (is_open(value) or '":' in value) for value in values)
