"""Reads YAML as documents in the wild are written: any keys, aliases, merges, odd tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml import YAMLError
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
from ferrule.forms.tree import Path
from ferrule.passes.parse.core import VALUE_STARTS, core_value

DEPTH_LIMIT = 400
MOST_NODES = 20_000_000
"""How many nodes a document may have when its aliases are followed."""

Marks = dict[int, list[int]]
"""By the identity of a map or list: where its keys or entries begin, in their order."""
Remark = tuple[Span, str]


class YamlFault(Exception):
    """The text is not YAML, or more of it than can be read."""

    def __init__(self, message: str, span: Span | None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span


def read_yaml(text: str) -> tuple[Any, Marks, list[Remark]]:
    """The values of the first document, where they stand, and what was odd about them."""
    reader = _Reader(text)
    try:
        data = reader.read()
    except YAMLError as error:
        raise _fault_of(error) from None
    except (RecursionError, UnicodeEncodeError):
        raise YamlFault("the text cannot be read", None) from None
    return data, reader.marks, reader.remarks


def _fault_of(error: YAMLError) -> YamlFault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or "the text is neither JSON nor YAML"
    index = None if mark is None else int(mark.index)
    return YamlFault(f"not YAML: {problem}", None if index is None else Span(index, index + 1))


def _plain_value(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core rules; a number that no spec can hold stays text."""
    try:
        return core_value(text)
    except OverflowError:
        return text


class _Reader:
    """Builds maps and lists from the events of the reader, and marks where their keys begin."""

    def __init__(self, text: str) -> None:
        self.next_event: Callable[[], Any] = CParser(text).get_event
        self.marks: Marks = {}
        self.remarks: list[Remark] = []
        self.anchors: dict[str, Any] = {}
        self.sizes: dict[str, int] = {}
        self.nodes = 0

    def read(self) -> Any:  # noqa: C901 (one loop, for speed)
        """The first document."""
        next_event, marks = self.next_event, self.marks
        current: Any = []
        root, begins = current, marks.setdefault(id(current), [])
        is_map = False
        key: Any = None
        outer: list[tuple[Any, list[int], bool, Any, str | None, int]] = []
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.nodes += 1
                value = event.value
                if is_map and key is None:
                    key = value
                    if value not in current:
                        begins.append(event.start_mark.index)
                    continue
                if event.style == "" and value[:1] in VALUE_STARTS and event.tag in (None, "!"):
                    value = _plain_value(value)
                if event.anchor is not None:
                    self.anchors[event.anchor] = value
                    self.sizes[event.anchor] = 1
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                start = event.start_mark.index
                value = {} if kind is MappingStartEvent else []
                outer.append((current, begins, is_map, key, event.anchor, self.nodes))
                if len(outer) > DEPTH_LIMIT:
                    raise YamlFault("values are nested too deep to be read", Span(start, start + 1))
                if not is_map:
                    begins.append(start)
                current, is_map, key = value, kind is MappingStartEvent, None
                begins = marks[id(value)] = []
                continue
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value, closed_marks, was_map = current, begins, is_map
                current, begins, is_map, key, anchor, before = outer.pop()
                self.nodes += 1
                if was_map and "<<" in value:
                    _merge(value, closed_marks)
                if anchor is not None:
                    self.anchors[anchor] = value
                    self.sizes[anchor] = self.nodes - before
                if is_map and key is None:
                    key = self._odd_key(current, begins, event)
                    continue
                if not is_map:
                    current.append(value)
                    continue
            elif kind is AliasEvent:
                value = self._alias(event)
                if is_map and key is None:
                    key = value if isinstance(value, str) else str(value)
                    if key not in current:
                        begins.append(event.start_mark.index)
                    continue
            elif kind is StreamEndEvent:
                return root[0] if root else None
            elif kind is DocumentStartEvent and root:
                at = event.start_mark.index
                self.remarks.append((Span(at, at + 3), "a second document in one file is not read"))
                return root[0]
            else:
                continue
            if is_map:
                current[key] = value
                key = None
            else:
                begins.append(event.start_mark.index)
                current.append(value)

    def _odd_key(self, current: dict[str, Any], begins: list[int], event: Any) -> str:
        """A name for a map or list that stands as a key."""
        at = event.end_mark.index
        self.remarks.append((Span(max(0, at - 1), at), "a map or list stands as a key"))
        key = f"(key {len(current)})"
        begins.append(at)
        return key

    def _alias(self, event: Any) -> Any:
        name = event.anchor
        span = Span(event.start_mark.index, event.end_mark.index)
        if name not in self.anchors:
            self.remarks.append((span, f"the alias *{name} leads nowhere"))
            return None
        # A map that holds an alias counts what the alias stands for, again for each alias of it.
        self.nodes += self.sizes[name]
        if self.nodes > MOST_NODES:
            raise YamlFault("the aliases make the document larger than can be read", span)
        return self.anchors[name]


def _merge(value: dict[str, Any], begins: list[int]) -> None:
    """Replaces `<<` by the entries of the maps that it names; those that are there win."""
    at = begins.pop(list(value).index("<<"))
    given = value.pop("<<")
    for each in given if isinstance(given, list) else [given]:
        for key, inner in each.items() if isinstance(each, dict) else ():
            if key not in value:
                value[key] = inner
                begins.append(at)


def yaml_span(text: str, data: Any, marks: Marks, path: Path) -> Span:
    """The key that ends the path, or the beginning of a list's entry; the nearest that exists."""
    current, found = data, 0
    is_entry = True
    for part in path:
        begins = marks.get(id(current))
        if isinstance(current, dict) and part in current:
            number = list(current).index(part)
        elif isinstance(current, list) and isinstance(part, int) and part < len(current):
            number = part
        else:
            break
        if begins is None or number >= len(begins):
            break
        found, is_entry = begins[number], isinstance(current, list)
        current = current[part]
    line_end = text.find("\n", found)
    line_end = len(text) if line_end < 0 else line_end
    line = text[found:line_end].rstrip()
    if is_entry:
        return Span(found, found + max(1, len(line)))
    return Span(found, found + _key_length(line))


def _key_length(line: str) -> int:
    quote = line[:1]
    if quote in ('"', "'"):
        closing = line.find(quote, 1)
        return closing + 1 if closing > 0 else max(1, len(line))
    met = re.search(r":(?=\s|$)", line)
    return max(1, met.start() if met else len(line))
