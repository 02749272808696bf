"""Counts what is used, before anything is named: what stands once can stand in place."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.schemas import Schemas
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import (
    ANY,
    ListOf,
    MapOf,
    Object,
    OneOf,
    Ref,
    Tagged,
    Tuple,
    Type,
    parts_of,
)


class Usage(Struct):
    """How often each named schema and each shape of an unnamed object is used."""

    schemas: Schemas
    settler: Settler
    refs: Counter[str] = field(default_factory=Counter)
    shapes: Counter[Any] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    roots: list[Type] = field(default_factory=list)
    _canon: dict[int, Any] = field(default_factory=dict)
    # With the types themselves: the number of one that is gone would be given to another.
    _seen: dict[int, Type] = field(default_factory=dict)

    def take(self, type_: Type) -> None:
        """Count a type that an action names, and all that it is made of."""
        self.roots.append(type_)
        waiting: list[Type] = [type_]
        while waiting:
            current = waiting.pop()
            if isinstance(current, Ref):
                self.refs[current.key] += 1
                component = self.schemas.components.get(current.key)
                if self.refs[current.key] > 1 or component is None:
                    continue
                self.order.append(current.key)
                inner = component.made.type
                (
                    waiting.append(inner)
                    if not isinstance(inner, Object)
                    else self._open(inner, waiting)
                )
            elif isinstance(current, Object):
                self.settler.settle(current)
                key = self.canon(current)
                self.shapes[key] += 1
                if self.shapes[key] == 1:
                    self._open(current, waiting)
            else:
                if isinstance(current, Tagged):
                    if id(current) in self._seen:
                        continue
                    self._seen[id(current)] = current
                waiting += list(parts_of(current))[::-1]

    def _open(self, found: Object, waiting: list[Type]) -> None:
        if id(found) in self._seen:
            return
        self._seen[id(found)] = found
        self.settler.settle(found)
        waiting += list(parts_of(found))[::-1]

    def canon(self, type_: Type) -> Any:
        """The same value for types that mean the same; what is said of fields does not count."""
        match type_:
            case Object():
                return self._canon_of(type_)
            case Tagged():
                return ("tagged", id(type_))
            case ListOf(item=inner):
                return ("list", self.canon(inner))
            case MapOf(value=inner):
                return ("map", self.canon(inner))
            case Tuple(items=several):
                return ("tuple", *map(self.canon, several))
            case OneOf(members=several):
                return ("or", *map(self.canon, several))
            case _:
                return type_

    def _canon_of(self, found: Object) -> Any:
        known = self._canon.get(id(found))
        if known is None:
            self._canon[id(found)] = ("open", id(found))
            self.settler.settle(found)
            known = (
                "object",
                tuple(
                    (
                        each.name,
                        each.is_optional,
                        self.canon(each.type),
                        each.facts.is_read_only,
                        each.facts.is_write_only,
                        each.part,
                        each.style,
                    )
                    for each in found.fields.values()
                ),
                tuple(found.bases),
                self.canon(found.rest or ANY),
                found.one_of_fields,
            )
            self._canon[id(found)] = known
        return known
