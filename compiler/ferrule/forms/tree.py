"""The values of a spec, and where each key and value stands in its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from ferrule.forms.scalar_map import ScalarMap
from ferrule.forms.source import SourceFile, Span

__all__ = ["Path", "Place", "Span", "SpecTree"]

Path = tuple[str | int, ...]


class Place(Struct, eq=False):
    """Where a node stands, from code point `start` up to `end`, and what is inside it.

    `style` is the mark that opens the node: empty for a plain scalar or a block collection, else
    one of `'`, `"`, `|`, `>`, `{`, `[`. `keys` and `values` of a map have the same keys.
    """

    start: int
    end: int
    style: str
    keys: Mapping[str, Place] | None = None
    values: Mapping[str, Place] | Sequence[Place] | None = None

    @property
    def span(self) -> Span:
        """The stretch of text."""
        return Span(self.start, self.end)

    @property
    def is_scalar(self) -> bool:
        """Whether the node has no nodes inside."""
        return self.values is None


class SpecTree:
    """Plain values by the YAML 1.2 core rules, with a place for every key and every value.

    Places are worked out when one is first asked for, because most specs have no findings.
    A path may hold parts that the text does not have (the tag of a union, a key that is missing):
    they are skipped, so that the nearest place that exists is found.
    """

    def __init__(self, source: SourceFile, data: dict[str, Any], locate: Callable[[], Place]):
        self.source = source
        self.data = data
        self._locate = locate

    @property
    def extent(self) -> int:
        """How many code points its spans range over."""
        return len(self.source.text) + 1

    @property
    def trees(self) -> tuple[SpecTree, ...]:
        """The tree of each file that the spec stands in."""
        return (self,)

    def placed(self, span: Span) -> tuple[SourceFile, Span]:
        """The file of a span, and the span in it."""
        return self.source, span

    @cached_property
    def root(self) -> Place:
        """The place of the whole document."""
        return self._locate()

    def key_span(self, path: Path) -> Span:
        """The key that ends the path; of a list entry its first line; of () where all begins."""
        found = self._find(path)
        if found.key is not None:
            return found.key.span
        span = found.node.span
        if found.node is self.root:
            return Span(span.start, span.start)
        line = self.source.position(span.start)[0]
        line_end = self.source.line_starts[line - 1] + len(self.source.line(line))
        return Span(span.start, min(span.end, line_end))

    def value_span(self, path: Path) -> Span:
        """The value at the path."""
        return self._find(path).node.span

    def inside(self, path: Path, start: int, end: int) -> Span:
        """The characters `start` to `end` of the text at the path, found again in the file.

        The whole scalar where they cannot be told apart, and for a value that is not a scalar.
        """
        found = self._find(path)
        return self._part(found.node, found.value, start, end)

    def inside_key(self, path: Path, start: int, end: int) -> Span:
        """The same for the characters of the key that ends the path."""
        found = self._find(path)
        if found.key is None:
            return self.key_span(path)
        return self._part(found.key, found.name, start, end)

    def style(self, path: Path) -> str:
        """The mark that opens the value: empty if plain or a block, else one of ' " | > { [."""
        return self._find(path).node.style

    def is_quoted(self, path: Path) -> bool:
        """Whether the value is text by its form: in quotes, or a block scalar."""
        return self.style(path) in ("'", '"', "|", ">")

    def key_is_quoted(self, path: Path) -> bool:
        """Whether the key that ends the path stands in quotes."""
        key = self._find(path).key
        return key is not None and key.style in ("'", '"')

    def raw_text(self, path: Path) -> str:
        """What the file says at the path, character for character (`1.10` for the number 1.1)."""
        span = self.value_span(path)
        return self.source.text[span.start : span.end]

    def _part(self, node: Place, value: object, start: int, end: int) -> Span:
        if not node.is_scalar:
            return node.span
        text = self.source.text
        if not isinstance(value, str):
            value = text[node.span.start : node.span.end]
        found = ScalarMap.read(text, node.span, node.style, value)
        return found.span(start, end) if found else node.span

    def _find(self, path: Path) -> _Found:
        found = _Found(self.root, None, "", self.data)
        for part in path:
            found = found.step(part) or found
        return found


class _Found(Struct, frozen=True):
    node: Place
    key: Place | None
    name: str
    value: object

    def step(self, part: str | int) -> _Found | None:
        keys, values = self.node.keys, self.node.values
        if isinstance(values, Mapping) and isinstance(self.value, dict):
            name = str(part)
            if keys is not None and name in values:
                return _Found(values[name], keys[name], name, self.value.get(name))
            return None
        if isinstance(values, Mapping | None) or not isinstance(self.value, list):
            return None
        is_entry = isinstance(part, int) and 0 <= part < len(values)
        return _Found(values[int(part)], None, "", self.value[int(part)]) if is_entry else None
