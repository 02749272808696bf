"""Fields of answers as places, and parameters as places: how a spec says where something stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import Field, Object, Type, Word, without_null

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TIGHT = re.compile(r"[^\s\x00-\x1f\x7f]+")
_DEEPEST = 2


class Found(Struct, frozen=True):
    """A field of an answer and the way to it."""

    keys: tuple[str, ...]
    field: Field

    @property
    def name(self) -> str:
        """Its name, small letters and digits only."""
        return plain(self.keys[-1])

    @property
    def place(self) -> str:
        """The way as a spec writes it."""
        return body_place(self.keys)


def plain(name: str) -> str:
    """A name in small letters and digits, so that spellings are alike."""
    return re.sub(r"[\W_]", "", name.lower())


def body_place(keys: tuple[str, ...]) -> str:
    """`$.meta.next_cursor`; odd names stand in brackets."""
    steps = [f".{key}" if _NAME.fullmatch(key) else f"[{_in_quotes(key)}]" for key in keys]
    return "$" + "".join(steps)


def _in_quotes(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def query_place(name: str) -> str:
    """`query.page[after]`."""
    if _TIGHT.fullmatch(name):
        return f"query.{name}"
    return f'query["{name}"]'


def fields_of(settler: Settler, type_: Type) -> dict[str, Field]:
    """The fields of an object, named or not; none of anything else."""
    found = settler.object_of(without_null(type_))
    if found is None:
        return {}
    settler.settle(found)
    return settler.all_fields(found)


def walk(settler: Settler, type_: Type, keys: tuple[str, ...] = ()) -> Iterator[Found]:
    """The fields of an answer, those of objects inside it after their own."""
    inner: list[tuple[tuple[str, ...], Type]] = []
    for name, field in fields_of(settler, type_).items():
        yield Found((*keys, name), field)
        if isinstance(settler.object_of(without_null(field.type)), Object):
            inner.append(((*keys, name), field.type))
    if len(keys) < _DEEPEST:
        for way, each in inner:
            yield from walk(settler, each, way)


def word_of(type_: Type) -> str:
    """The word of a single value without what narrows it; empty for everything else."""
    found = without_null(type_)
    return found.text.partition("(")[0] if isinstance(found, Word) else ""


def bounds_of(type_: Type) -> tuple[int | None, int | None]:
    """The range in a word, as far as it is of whole numbers."""
    found = without_null(type_)
    if not isinstance(found, Word):
        return None, None
    met = re.fullmatch(r"integer\((-?[0-9]*)\.\.(-?[0-9]*)\)", found.text)
    if met is None:
        return None, None
    return (int(met[1]) if met[1] else None), (int(met[2]) if met[2] else None)
