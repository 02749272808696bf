"""Walks the events of a text and keeps where everything stands."""

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
from ferrule.forms.source import Span
from ferrule.forms.tree import Place
from ferrule.passes.parse.events import events_of


class Watcher:
    """Is shown everything on the way, in order of the text. This one has nothing to say."""

    def document(self, span: Span, *, has_directives: bool) -> None:
        """A document begins."""

    def decorated(self, start: int) -> None:
        """A node with an anchor or a tag begins."""

    def alias(self, span: Span) -> None:
        """An alias stands here."""

    def opened(self, start: int, style: str, depth: int) -> None:
        """A collection begins. `depth` is how many stand around it."""

    def key(self, key: Place, name: str | None, earlier: Place | None) -> None:
        """A key; `name` is None if it is not a scalar, `earlier` is the same key before it."""

    def value(self, place: Place, text: str, key: Place | None, around: str) -> None:
        """A scalar that is no key. `key` leads to it, `around` is the style of its collection."""

    def closed(self, place: Place, entries: list[tuple[Place, Place]]) -> None:
        """A collection ends. The entries of a list are (entry, entry)."""


class _Open:
    """A collection whose end is not reached yet."""

    __slots__ = (
        "awaits_key",
        "entries",
        "is_map",
        "key",
        "keys",
        "name",
        "start",
        "style",
        "values",
    )

    def __init__(self, start: int, style: str, *, is_map: bool):
        self.start = start
        self.style = style
        self.is_map = is_map
        self.awaits_key = is_map
        self.key: Place | None = None
        self.name = ""
        self.keys: dict[str, Place] = {}
        self.values: dict[str, Place] = {}
        self.entries: list[tuple[Place, Place]] = []

    def add_key(self, place: Place, name: str) -> None:
        self.key = place
        self.name = name
        self.awaits_key = False

    def add_value(self, place: Place) -> None:
        key = self.key
        if key is None:
            self.entries.append((place, place))
            return
        self.entries.append((key, place))
        # Of two keys with one name the first keeps its place, for the finding on the second.
        self.keys.setdefault(self.name, key)
        self.values.setdefault(self.name, place)
        self.key = None
        self.awaits_key = True

    def close(self, end: int) -> Place:
        if not self.style and self.entries:
            key, value = self.entries[-1]
            end = max(key.end, value.end)
        if self.is_map:
            return Place(self.start, end, self.style, self.keys, self.values)
        return Place(self.start, end, self.style, None, [value for _, value in self.entries])


def locate(text: str, watcher: Watcher | None = None) -> Place:
    """The places of all keys and values. Raises YAMLError where the text is not YAML."""
    with collector_at_rest():
        return _Places(text, watcher or Watcher()).walk()


class _Places:
    def __init__(self, text: str, watcher: Watcher):
        self.text = text
        self.watcher = watcher
        self.current = _Open(0, "", is_map=False)
        self.outer: list[_Open] = []

    def walk(self) -> Place:
        next_event = events_of(self.text)
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
        return entries[0][1] if entries else Place(0, 0, "")

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style or ""
        if style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        if event.anchor is not None or event.tag is not None:
            self.watcher.decorated(start)
        place = Place(start, end, style)
        if self.current.awaits_key:
            self._key(place, event.value)
        else:
            self.watcher.value(place, event.value, self.current.key, self.current.style)
            self.current.add_value(place)

    def _alias(self, event: Any) -> None:
        place = Place(event.start_mark.index, event.end_mark.index, "")
        self.watcher.alias(place.span)
        if self.current.awaits_key:
            self._key(place, self.text[place.start : place.end])
        else:
            self.current.add_value(place)

    def _start(self, event: Any, *, is_map: bool) -> None:
        start = event.start_mark.index
        is_decorated = event.anchor is not None or event.tag is not None
        if is_decorated:
            self.watcher.decorated(start)
        mark = "{" if is_map else "["
        # The map in `[a: b]` has no mark of its own.
        has_mark = event.flow_style and (is_decorated or self.text.startswith(mark, start))
        style = mark if has_mark else ""
        self.watcher.opened(start, style, len(self.outer))
        self.outer.append(self.current)
        self.current = _Open(start, style, is_map=is_map)

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
        current.add_key(key, name or "")
