"""A spec that stands in several files: one tree of values, with places in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ferrule.forms.source import SourceFile, Span
from ferrule.forms.tree import Path, SpecTree


class JoinedTree(SpecTree):
    """The values of several trees together. Its spans go on behind the text of the first file.

    `owners` tell which tree a path comes from; the longest one that begins a path counts.
    """

    def __init__(
        self,
        main: SpecTree,
        parts: Sequence[SpecTree],
        data: dict[str, Any],
        owners: dict[Path, SpecTree],
    ) -> None:
        super().__init__(main.source, data, lambda: main.root)
        self._owners = owners
        self._bases: list[tuple[int, SpecTree]] = [(0, main)]
        end = main.extent
        for part in parts:
            self._bases.append((end, part))
            end += part.extent
        self._extent = end

    @property
    def extent(self) -> int:
        """How many code points its spans range over."""
        return self._extent

    @property
    def trees(self) -> tuple[SpecTree, ...]:
        """The tree of each file, the spec's own first."""
        return tuple(tree for _, each in self._bases for tree in each.trees)

    def placed(self, span: Span) -> tuple[SourceFile, Span]:
        """The file of a span, and the span in it."""
        base, tree = next(each for each in reversed(self._bases) if each[0] <= span.start)
        return tree.placed(Span(span.start - base, span.end - base))

    def key_span(self, path: Path) -> Span:
        """The key that ends the path."""
        base, tree = self._of(path)
        return _moved(tree.key_span(path), base)

    def value_span(self, path: Path) -> Span:
        """The value at the path."""
        base, tree = self._of(path)
        return _moved(tree.value_span(path), base)

    def inside(self, path: Path, start: int, end: int) -> Span:
        """The characters `start` to `end` of the text at the path."""
        base, tree = self._of(path)
        return _moved(tree.inside(path, start, end), base)

    def inside_key(self, path: Path, start: int, end: int) -> Span:
        """The same for the characters of the key that ends the path."""
        base, tree = self._of(path)
        return _moved(tree.inside_key(path, start, end), base)

    def style(self, path: Path) -> str:
        """The mark that opens the value."""
        return self._of(path)[1].style(path)

    def key_is_quoted(self, path: Path) -> bool:
        """Whether the key that ends the path stands in quotes."""
        return self._of(path)[1].key_is_quoted(path)

    def raw_text(self, path: Path) -> str:
        """What the file says at the path."""
        return self._of(path)[1].raw_text(path)

    def _of(self, path: Path) -> tuple[int, SpecTree]:
        for size in range(len(path), 0, -1):
            owner = self._owners.get(path[:size])
            if owner is not None:
                return next(each for each in self._bases if each[1] is owner)
        return self._bases[0]


def _moved(span: Span, base: int) -> Span:
    return Span(span.start + base, span.end + base)
