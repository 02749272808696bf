"""Settles what objects are made of, once all schemas are known: bases, conflicts, circles."""

from __future__ import annotations

from msgspec import Struct, field

from ferrule.imports.openapi.schemas import BASE, Component, Schemas
from ferrule.imports.openapi.types import (
    ANY,
    Field,
    Made,
    Object,
    OneOf,
    Ref,
    Tagged,
    Type,
    admits_null,
    one_of,
    without_null,
)


class Settler(Struct):
    """Makes every object that is met sound: what it composes exists, and does not contradict it."""

    schemas: Schemas
    # With the objects themselves: the number of one that is gone would be given to another.
    _done: dict[int, Object] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)
    _flat: dict[int, dict[str, Field]] = field(default_factory=dict)

    def settle(self, found: Object) -> None:
        """Replace bases that are none, and take in those that are contradicted."""
        if id(found) in self._done or id(found) in self._open:
            return
        self._open.add(id(found))
        bases: list[tuple[Ref, Object]] = []
        for ref in found.bases:
            base = self._base(found, ref)
            if base is not None and all(base[1] is not each for _, each in bases):
                bases.append(base)
        found.bases = [ref for ref, _ in bases]
        if self._must_be_flat(found, [base for _, base in bases]):
            self._flatten(found, [base for _, base in bases])
        self._open.discard(id(found))
        self._done[id(found)] = found

    def settle_again(self, changed: list[Object]) -> None:
        """Settle objects whose bases have other fields than before."""
        self.forget()
        for each in changed:
            self._done.pop(id(each), None)
        for each in changed:
            self.settle(each)

    def builds_upon(self, found: Object, other: Object) -> bool:
        """Whether an object is composed of another, directly or not."""
        bases = [base for base in map(self.object_of, found.bases) if base is not None]
        return any(each is other or self.builds_upon(each, other) for each in bases)

    def _base(self, found: Object, ref: Ref) -> tuple[Ref, Object] | None:
        """The object that a base is; what is none of its own is taken in here."""
        is_loose = ref.key.startswith("?")
        key = ref.key.removeprefix("?")
        component = self._behind(key)
        type_: Type = component.made.type if component is not None else ANY
        if isinstance(type_, Tagged):
            own = self.schemas.components.get(f"{component.key if component else key}{BASE}")
            if own is not None and not is_loose:
                component, type_ = own, own.made.type
        if isinstance(type_, Object) and component is not None:
            if id(type_) in self._open:
                found.node.tell("import-degraded", "an object is composed of itself: left out")
                return None
            self.settle(type_)
            if not is_loose:
                return Ref(component.key), type_
            self._take_loosely(found, type_)
            return None
        self._take_alternatives(found, type_)
        return None

    def _behind(self, key: str) -> Component | None:
        """The schema behind names that are other names of it."""
        for _ in range(20):
            component = self.schemas.components.get(key)
            if component is None:
                return None
            type_ = without_null(component.made.type)
            if not isinstance(type_, Ref):
                if type_ is not component.made.type and isinstance(type_, Object):
                    return Component(component.key, component.name, component.node, Made(type_))
                return component
            key = type_.key
        return None

    def _take_alternatives(self, found: Object, type_: Type) -> None:
        """A base that is a union: what any of its alternatives has may be there."""
        if isinstance(type_, Tagged):
            members: list[Type] = list(type_.cases.values())
        elif isinstance(type_, OneOf):
            members = [each for each in type_.members if not admits_null(each)]
        else:
            if type_ != ANY:
                message = "what is no object is left out of a composed object"
                found.node.tell("import-degraded", message)
            return
        message = (
            "alternatives inside a composition are merged: which of their fields go together "
            "is not said"
        )
        found.node.tell("import-degraded", message)
        for member in members:
            target: Type = member
            if isinstance(member, Ref):
                component = self._behind(member.key)
                target = component.made.type if component is not None else ANY
            if isinstance(target, Object) and id(target) not in self._open:
                self.settle(target)
                self._take_loosely(found, target)

    def _take_loosely(self, found: Object, other: Object) -> None:
        for name, each in self.all_fields(other).items():
            known = found.fields.get(name)
            if known is None:
                found.fields[name] = each.copy(is_optional=True)
            elif known.type != each.type and known.is_optional:
                found.fields[name] = known.copy(type=one_of(known.type, each.type))

    def _must_be_flat(self, found: Object, bases: list[Object]) -> bool:
        """Whether fields are declared twice, or what is inherited is demanded here."""
        seen = set(found.fields)
        for base in bases:
            inherited = self.all_fields(base)
            if not seen.isdisjoint(inherited):
                return True
            if any(inherited[name].is_optional for name in found.demanded & set(inherited)):
                return True
            seen |= set(inherited)
        return False

    def _flatten(self, found: Object, bases: list[Object]) -> None:
        fields: dict[str, Field] = {}
        for base in bases:
            fields.update(self.all_fields(base))
            found.rest = found.rest or base.rest
        for name, each in found.fields.items():
            known = fields.get(name)
            says_less = known is not None and each.type == ANY
            fields[name] = each.copy(type=known.type) if known and says_less else each
        for name in found.demanded & set(fields):
            fields[name] = fields[name].copy(is_optional=False)
        found.fields, found.bases = fields, []

    def all_fields(self, found: Object) -> dict[str, Field]:
        """The fields of an object and of what it is composed of, by name."""
        known = self._flat.get(id(found))
        if known is not None:
            return known
        fields: dict[str, Field] = {}
        for ref in found.bases:
            base = self.object_of(ref)
            if base is not None and base is not found:
                fields.update(self.all_fields(base))
        fields.update(found.fields)
        if id(found) in self._done:
            self._flat[id(found)] = fields
        return fields

    def forget(self) -> None:
        """Fields of an object were changed: what was gathered of them no longer holds."""
        self._flat.clear()

    def object_of(self, type_: Type) -> Object | None:
        """The object that a type is, directly or by name."""
        if isinstance(type_, Object):
            return type_
        if isinstance(type_, Ref):
            component = self._behind(type_.key)
            if component is not None and isinstance(component.made.type, Object):
                return component.made.type
        return None
