"""Walks the events of a text and keeps where everything stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml._yaml import CParser
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

from ferrule.forms.source import Span
from ferrule.forms.tree import Place


class Watcher:
    """Is shown everything on the way, in order of the text. This one has nothing to say."""

    def document(self, span: Span, *, has_directives: bool) -> None:
        """A document begins."""

    def decorated(self, start: int, *, has_anchor: bool, has_tag: bool) -> None:
        """A node with an anchor or a tag begins."""

    def alias(self, span: Span) -> None:
        """An alias stands here."""

    def opened(self, start: int, depth: int) -> None:
        """A collection begins. `depth` is how many stand around it."""

    def key(self, key: Place, name: str | None, earlier: Place | None) -> None:
        """A key; `name` is None if it is not a scalar, `earlier` is the same key before it."""

    def value(self, place: Place, text: str, key: Place | None) -> None:
        """A scalar that is a value, an entry of a list or the document. `key` leads to it."""

    def closed(self, place: Place, entries: list[tuple[Place, Place]]) -> None:
        """A collection ends. The entries of a list are (entry, entry)."""


class _Open:
    """A collection whose end is not reached yet."""

    def __init__(self, start: int, style: str, *, is_map: bool):
        self.start = start
        self.style = style
        self.is_map = is_map
        self.key: Place | None = None
        self.name = ""
        self.keys: dict[str, Place] = {}
        self.values: dict[str, Place] = {}
        self.entries: list[tuple[Place, Place]] = []

    @property
    def awaits_key(self) -> bool:
        return self.is_map and self.key is None

    def add_value(self, place: Place) -> None:
        self.entries.append((self.key or place, place))
        if self.key is not None:
            # Of two keys with one name the first keeps its place, for the finding on the second.
            self.keys.setdefault(self.name, self.key)
            self.values.setdefault(self.name, place)
            self.key = None

    def close(self, end: int) -> Place:
        if not self.style and self.entries:
            key, value = self.entries[-1]
            end = max(key.span.end, value.span.end)
        span = Span(self.start, end)
        if self.is_map:
            return Place(span, self.style, self.keys, self.values)
        return Place(span, self.style, None, [value for _, value in self.entries])


def locate(text: str, watcher: Watcher | None = None) -> Place:
    """The places of all keys and values. Raises YAMLError where the text is not YAML."""
    return _Places(text, watcher or Watcher()).walk()


class _Places:
    def __init__(self, text: str, watcher: Watcher):
        self.text = text
        self.watcher = watcher
        self.current = _Open(0, "", is_map=False)
        self.outer: list[_Open] = []

    def walk(self) -> Place:
        next_event: Callable[[], Any] = CParser(self.text).get_event
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event, is_map=kind is MappingStartEvent)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                span = Span(event.start_mark.index, event.end_mark.index)
                has_directives = bool(event.version or event.tags)
                self.watcher.document(span, has_directives=has_directives)
            elif kind is StreamEndEvent:
                return self._document()

    def _document(self) -> Place:
        entries = self.current.entries
        return entries[0][1] if entries else Place(Span(0, 0), "")

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        self._decoration(event)
        place = Place(Span(start, end), style)
        if self.current.awaits_key:
            self._key(place, event.value)
        else:
            self.watcher.value(place, event.value, self.current.key)
            self.current.add_value(place)

    def _alias(self, event: Any) -> None:
        place = Place(Span(event.start_mark.index, event.end_mark.index), "")
        self.watcher.alias(place.span)
        if self.current.awaits_key:
            self._key(place, self.text[place.span.start : place.span.end])
        else:
            self.current.add_value(place)

    def _start(self, event: Any, *, is_map: bool) -> None:
        flow_mark = "{" if is_map else "["
        self._decoration(event)
        start = event.start_mark.index
        self.watcher.opened(start, len(self.outer))
        self.outer.append(self.current)
        self.current = _Open(start, flow_mark if event.flow_style else "", is_map=is_map)

    def _end(self, event: Any) -> None:
        place = self.current.close(event.end_mark.index)
        self.watcher.closed(place, self.current.entries)
        self.current = self.outer.pop()
        if self.current.awaits_key:
            self._key(place, None)
        else:
            self.current.add_value(place)

    def _key(self, key: Place, name: str | None) -> None:
        current = self.current
        earlier = None if name is None else current.keys.get(name)
        self.watcher.key(key, name, earlier)
        current.key = key
        current.name = name or ""

    def _decoration(self, event: Any) -> None:
        has_anchor, has_tag = event.anchor is not None, event.tag is not None
        if has_anchor or has_tag:
            start = event.start_mark.index
            self.watcher.decorated(start, has_anchor=has_anchor, has_tag=has_tag)
