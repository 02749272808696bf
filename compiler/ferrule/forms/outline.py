"""A document as one row of its parts, so that two can be told apart part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ferrule.forms.source import Span
from ferrule.forms.tree import Place, SpecTree


class Part(Struct, frozen=True):
    """A key, a single value, or the beginning or end of a map or list.

    `kind` is one of `key value { } [ ]`. Parts are equal where kind, value and its type are: the
    place does not count.
    """

    kind: str
    value: object
    span: Span

    def says_the_same(self, other: Part) -> bool:
        """Whether both are the same, wherever they stand."""
        return self.kind == other.kind and _same(self.value, other.value)


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def outline(tree: SpecTree) -> list[Part]:
    """The parts of a document in order."""
    return list(_parts(tree.data, tree.root))


def _parts(value: Any, place: Place) -> Iterator[Part]:
    inner = place.values
    if inner is None:
        yield Part("value", value, place.span)
        return
    is_map = isinstance(inner, Mapping)
    yield Part("{" if is_map else "[", None, Span(place.start, place.start))
    if isinstance(inner, Mapping):
        for name, each in inner.items():
            assert place.keys is not None
            yield Part("key", name, place.keys[name].span)
            yield from _parts(value[name], each)
    else:
        for each_value, each in zip(value, inner, strict=True):
            yield from _parts(each_value, each)
    yield Part("}" if is_map else "]", None, Span(place.end, place.end))


def say_the_same(one: SpecTree, other: SpecTree) -> bool:
    """Whether two documents hold the same keys and values in the same order."""
    ours, theirs = outline(one), outline(other)
    return len(ours) == len(theirs) and all(map(Part.says_the_same, ours, theirs))
