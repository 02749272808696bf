"""Types between schemas and the words of a spec: what they are made of, what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ferrule.imports.openapi.nodes import Node

Scalar = str | int | float | bool | None
Hint = tuple[str, ...]
"""How a type was reached: the name of an owner, then fields; `[]` is an item, `{}` a value."""


class Word(Struct, frozen=True):
    """A type of the language in one word, refined or not: `string`, `integer(1..25)`."""

    text: str


class Enum(Struct, frozen=True):
    """Known values of one kind or several; `names` are the document's names for them."""

    values: tuple[Scalar, ...]
    names: tuple[str, ...] = ()


class Const(Struct, frozen=True):
    """The only value that there is."""

    value: Scalar


class ListOf(Struct, frozen=True):
    """A list."""

    item: Type


class MapOf(Struct, frozen=True):
    """Values by name."""

    value: Type


class Tuple(Struct, frozen=True):
    """A list whose entries have each their own type."""

    items: tuple[Type, ...]


class OneOf(Struct, frozen=True):
    """One of several; no member is a OneOf itself."""

    members: tuple[Type, ...]


class Ref(Struct, frozen=True):
    """A schema that has a name in the document, by its key."""

    key: str


class Object(Struct, eq=False):
    """An object with fields.

    `bases` are composed in; `demanded` are fields of theirs that this object requires.
    """

    hint: Hint
    node: Node
    fields: dict[str, Field] = field(default_factory=dict)
    bases: list[Ref] = field(default_factory=list)
    demanded: set[str] = field(default_factory=set)
    rest: Type | None = None
    doc: str | None = None
    title: str | None = None
    one_of_fields: tuple[str, ...] = ()


class Tagged(Struct, eq=False):
    """One of several objects, told apart by the field `tag`."""

    hint: Hint
    node: Node
    tag: str
    cases: dict[str, Type]
    otherwise: Type | None = None
    doc: str | None = None


Type = Word | Enum | Const | ListOf | MapOf | Tuple | OneOf | Ref | Object | Tagged

ANY = Word("any")
NULL = Word("null")
TEXT = Word("string")
FILE = Word("file")


class Facts(Struct, frozen=True, kw_only=True):
    """What is said of a value besides its type."""

    doc: str | None = None
    default: Any = None
    has_default: bool = False
    example: Any = None
    pattern: str | None = None
    low: int | float | None = None
    high: int | float | None = None
    is_read_only: bool = False
    is_write_only: bool = False
    deprecated: str | None = None

    def over(self, other: Facts) -> Facts:
        """These facts where they say something, else the other ones."""
        return Facts(
            doc=self.doc or other.doc,
            default=self.default if self.has_default else other.default,
            has_default=self.has_default or other.has_default,
            example=self.example if self.example is not None else other.example,
            pattern=self.pattern or other.pattern,
            low=self.low if self.low is not None else other.low,
            high=self.high if self.high is not None else other.high,
            is_read_only=self.is_read_only or other.is_read_only,
            is_write_only=self.is_write_only or other.is_write_only,
            deprecated=self.deprecated or other.deprecated,
        )


PLAIN = Facts()


class Made(Struct, frozen=True):
    """What a schema comes to."""

    type: Type
    facts: Facts = PLAIN

    def with_facts(self, facts: Facts) -> Made:
        """The same type, more said of it."""
        return self if facts == PLAIN else Made(self.type, facts.over(self.facts))


class Field(Struct, eq=False):
    """A field of an object, or a parameter."""

    name: str
    type: Type
    facts: Facts
    is_optional: bool
    node: Node
    style: str | None = None
    part: str | None = None
    python_name: str | None = None
    blank_is_null: bool = False

    def copy(self, **changes: Any) -> Field:
        """The same field but for what is given."""
        return replace(self, **changes)


def members_of(type_: Type) -> tuple[Type, ...]:
    """The members of a union, or the type itself."""
    return type_.members if isinstance(type_, OneOf) else (type_,)


def one_of(*members: Type) -> Type:
    """The union of types: flat, each once, null last; `any` takes everything in."""
    flat: dict[Any, Type] = {}
    for member in members:
        for each in members_of(member):
            flat.setdefault(id(each) if isinstance(each, Object | Tagged) else each, each)
    found = list(flat.values())
    if ANY in found:
        return ANY
    if len(found) > 1 and NULL in found:
        found = [*(each for each in found if each != NULL), NULL]
    if not found:
        return ANY
    return found[0] if len(found) == 1 else OneOf(tuple(found))


def nullable(type_: Type) -> Type:
    """The type, or null."""
    return type_ if type_ in (ANY, NULL) else one_of(type_, NULL)


def without_null(type_: Type) -> Type:
    """The type less null."""
    if not isinstance(type_, OneOf):
        return type_
    left = [each for each in type_.members if each != NULL]
    return left[0] if len(left) == 1 else OneOf(tuple(left))


def admits_null(type_: Type) -> bool:
    """Whether null is among the values that the type names itself."""
    return type_ in (NULL, ANY) or (isinstance(type_, OneOf) and NULL in type_.members)


def parts_of(type_: Type) -> Iterator[Type]:
    """The types that a type is made of, one step in; fields of objects too."""
    match type_:
        case ListOf(item=inner) | MapOf(value=inner):
            yield inner
        case Tuple(items=several) | OneOf(members=several):
            yield from several
        case Object():
            yield from type_.bases
            yield from (each.type for each in type_.fields.values())
            if type_.rest is not None:
                yield type_.rest
        case Tagged():
            yield from type_.cases.values()
            if type_.otherwise is not None:
                yield type_.otherwise
        case _:
            return


def same_place(type_: Type) -> Any:
    """Equal for types that were read from the same place of a document, or are equal words."""
    match type_:
        case Object() | Tagged():
            return ("at", id(type_.node.value))
        case ListOf(item=inner):
            return ("list", same_place(inner))
        case MapOf(value=inner):
            return ("map", same_place(inner))
        case Tuple(items=several):
            return ("tuple", *map(same_place, several))
        case OneOf(members=several):
            return ("or", *map(same_place, several))
        case _:
            return type_
