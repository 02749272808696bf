"""What the types of a spec mean, whichever of its forms they stand in."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from msgspec import Struct, field

from ferrule.forms.tree import Path
from ferrule.words import ast

Scalar = str | int | float | bool | None


class Plain(Struct, frozen=True):
    """A built-in word; `format` is the wire form where it is not the usual one (`epoch`, …)."""

    word: str
    format: str | None = None


class Enumeration(Struct, frozen=True):
    """One of several values; other values are kept unless `is_closed`."""

    values: tuple[Scalar, ...]
    is_closed: bool = False


class ListOf(Struct, frozen=True):
    """A list."""

    item: Type


class MapOf(Struct, frozen=True):
    """Values by name; `keeps_repeats` where a name may stand several times."""

    value: Type
    keeps_repeats: bool = False


class TupleOf(Struct, frozen=True):
    """A list whose items have each their own type."""

    items: tuple[Type, ...]


class OneOf(Struct, frozen=True):
    """A union; no member is a union itself."""

    members: tuple[Type, ...]


class Named(Struct, frozen=True):
    """A declared type, by the key of its declaration."""

    key: str


class StreamOf(Struct, frozen=True):
    """Items that arrive one after the other: lines, events, rows of a table. `xml` is one tree."""

    kind: str
    item: Type


Type = Plain | Enumeration | ListOf | MapOf | TupleOf | OneOf | Named | StreamOf

NULL = Plain("null")
ANY = Plain("any")
TEXT = Plain("string")


def members_of(type_: Type) -> tuple[Type, ...]:
    """The members of a union, or the type itself."""
    return type_.members if isinstance(type_, OneOf) else (type_,)


def one_of(*members: Type) -> Type:
    """The union of the members: flat, each once, null last."""
    if len(members) == 1 and not isinstance(members[0], OneOf):
        return members[0]
    flat: dict[Type, None] = {}
    for member in members:
        flat.update(dict.fromkeys(members_of(member)))
    if NULL in flat:
        del flat[NULL]
        flat[NULL] = None
    return next(iter(flat)) if len(flat) == 1 else OneOf(tuple(flat))


def admits_null(type_: Type) -> bool:
    """Whether null is a value of the type itself (declared types are not looked into)."""
    if isinstance(type_, OneOf):
        return NULL in type_.members
    return type_ in (NULL, ANY)


class Member(Struct, frozen=True, kw_only=True):
    """A field of an object, or a declared parameter.

    `wire` is its name on the wire, `path` where it stands in the spec. `fixed` is what is always
    sent (and must stand in an answer), `default` a value; `is_fixed` and `has_default` tell None
    from nothing. `parts` are what is always sent in an object of a body.
    """

    wire: str
    path: Path
    type: Type
    is_optional: bool = False
    doc: str | None = None
    python_name: str | None = None
    has_default: bool = False
    default: object = None
    is_fixed: bool = False
    fixed: ast.Template | Scalar = None
    parts: tuple[Member, ...] = ()
    example: object = None
    is_read_only: bool = False
    is_write_only: bool = False
    deprecated: str | None = None
    style: str | None = None
    part_type: str | None = None
    part_name: str | None = None
    blank_is_null: bool = False
    extends_timeout: bool = False
    bounds: str = ""
    is_switched_off: bool = False


class ObjectDecl(Struct, frozen=True, kw_only=True):
    """An object with named fields. `bases` are keys; `rest` is None where no word is said of it."""

    key: str
    name: str
    path: Path
    doc: str | None = None
    members: tuple[Member, ...] = ()
    bases: tuple[str, ...] = ()
    is_closed: bool = False
    rest: Type | None = None
    one_of_fields: tuple[str, ...] = ()


class AliasDecl(Struct, frozen=True, kw_only=True):
    """Another name for a type. `names` are the author's names of the values of an enumeration."""

    key: str
    name: str
    path: Path
    doc: str | None = None
    type: Type
    names: tuple[tuple[str, Scalar], ...] = ()


class TaggedDecl(Struct, frozen=True, kw_only=True):
    """One of several objects, told apart by the field `tag`; `otherwise` for an unknown tag."""

    key: str
    name: str
    path: Path
    doc: str | None = None
    tag: str
    cases: tuple[tuple[str, Type], ...]
    otherwise: Type | None = None


Declaration = ObjectDecl | AliasDecl | TaggedDecl


class Declarations(Struct):
    """Every declared type of a spec by its key, in the order of the spec.

    `sent` are the places of constants inside bodies, which callers need not give.
    """

    by_key: dict[str, Declaration] = field(default_factory=dict)
    sent: set[Path] = field(default_factory=set)

    def add(self, declaration: Declaration) -> Named:
        """Adds one and gives the type that refers to it."""
        self.by_key[declaration.key] = declaration
        return Named(declaration.key)

    def __getitem__(self, key: str) -> Declaration:
        return self.by_key[key]

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.by_key.values())

    def resolved(self, type_: Type) -> Type:
        """The type behind aliases; an object or a tagged union stays Named."""
        seen: set[str] = set()
        while isinstance(type_, Named) and type_.key not in seen:
            seen.add(type_.key)
            found = self.by_key.get(type_.key)
            if not isinstance(found, AliasDecl):
                return type_
            type_ = found.type
        return type_

    def all_members(self, key: str) -> list[Member]:
        """The fields of an object, those of its bases first; each wire name once."""
        members: dict[str, Member] = {}
        for found in self._with_bases(key):
            members.update({each.wire: each for each in found.members})
        return list(members.values())

    def rest_of(self, key: str) -> Type | None:
        """The type of fields that are not declared, where the object or a base of it names one."""
        rests = [found.rest for found in self._with_bases(key) if found.rest is not None]
        return rests[-1] if rests else None

    def _with_bases(self, key: str) -> list[ObjectDecl]:
        """The object and what it is composed of, the furthest first, each once."""
        found: dict[str, ObjectDecl] = {}
        waiting = [key]
        while waiting:
            resolved = self.resolved(Named(waiting.pop()))
            declared = self.by_key.get(resolved.key) if isinstance(resolved, Named) else None
            if isinstance(declared, ObjectDecl) and declared.key not in found:
                found[declared.key] = declared
                waiting += declared.bases
        return list(reversed(found.values()))

    def reached_from(self, *types: Type, into_responses: bool) -> Iterator[Named]:
        """Every declared type inside some types, each once, the nearest first.

        `into_responses` leaves out what only requests have, else what only answers have.
        """
        seen: set[str] = set()
        waiting = deque(name for type_ in types for name in names_in(type_))
        while waiting:
            name = waiting.popleft()
            if name.key in seen or name.key not in self.by_key:
                continue
            seen.add(name.key)
            yield name
            waiting += self.inside(name.key, into_responses=into_responses)

    def inside(self, key: str, *, into_responses: bool) -> Iterator[Named]:
        """The declared types that a declared type names itself.

        What is sent has no bases: an object that is given holds their fields as its own.
        """
        if not into_responses and isinstance(self.by_key[key], ObjectDecl):
            for member in self.all_members(key):
                if has_member(member, in_response=False):
                    yield from names_in(member.type)
            yield from names_in(self.rest_of(key) or NULL)
            return
        for part in parts_of(self.by_key[key], into_responses=into_responses):
            yield from names_in(part)


def names_in(type_: Type) -> Iterator[Named]:
    """The declared types that a type names itself, in order."""
    match type_:
        case Plain() | Enumeration():
            return
        case Named():
            yield type_
        case ListOf(item=inner) | StreamOf(item=inner) | MapOf(value=inner):
            yield from names_in(inner)
        case TupleOf(items=several) | OneOf(members=several):
            for each in several:
                yield from names_in(each)


def parts_of(declaration: Declaration, *, into_responses: bool) -> Iterator[Type]:
    """The types that a declaration is made of."""
    match declaration:
        case AliasDecl():
            yield declaration.type
        case TaggedDecl():
            for _, case_type in declaration.cases:
                yield case_type
            if declaration.otherwise is not None:
                yield declaration.otherwise
        case ObjectDecl():
            for base in declaration.bases:
                yield Named(base)
            for member in declaration.members:
                if has_member(member, in_response=into_responses):
                    yield member.type
            if declaration.rest is not None:
                yield declaration.rest


def has_member(member: Member, *, in_response: bool) -> bool:
    """Whether a field stands in what is read (or else in what is sent)."""
    return not (member.is_write_only if in_response else member.is_read_only)
