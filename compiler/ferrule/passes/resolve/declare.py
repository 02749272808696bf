"""Reads the shapes of a spec as types, and collects every type that it declares."""

from __future__ import annotations

from collections.abc import Mapping

from ferrule import naming
from ferrule.forms.shape import Shape
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.resolve.types import (
    ANY,
    NULL,
    TEXT,
    AliasDecl,
    Declarations,
    Enumeration,
    ListOf,
    MapOf,
    Member,
    Named,
    ObjectDecl,
    OneOf,
    Plain,
    Scalar,
    StreamOf,
    TaggedDecl,
    TupleOf,
    Type,
    admits_null,
    one_of,
)
from ferrule.words import ast


class Declarer:
    """Declares the models of a spec at once, and what stands in place as it is met."""

    def __init__(self, spec: ConnectorSpec) -> None:
        self.declarations = Declarations()
        self._models = spec.models
        for name, shape in spec.models.items():
            self._declare(shape, name, naming.class_name(name), ("models", name))

    def type_of(self, shape: Shape, path: Path, name: str) -> Type:
        """The type of a shape. What is declared in place is called `name`."""
        if shape.word is not None and shape.word.type is not None:
            return self._formatted(self.of_word(shape.word.type), shape)
        fixed = _fixed_value(shape)
        if fixed is not None:
            return fixed
        if self._is_declaration(shape):
            found: Type = self._declare(shape, _key(path), name, path)
        elif shape.items is not None:
            found = TupleOf(tuple(map(self.of_word, shape.items)))
        elif shape.enum is not None:
            found = _enumeration(shape)
        elif shape.type is not None:
            return self._formatted(self.of_word(shape.type), shape)
        else:
            return ANY
        is_nullable = shape.type is not None and admits_null(self.of_word(shape.type))
        return one_of(found, NULL) if is_nullable and found != ANY else found

    def of_word(self, word: ast.TypeExpr) -> Type:
        """The type that a word of the language names."""
        match word:
            case ast.WordType(word="none"):
                return NULL
            case ast.WordType(word=name, format=form):
                return Plain(name, form)
            case ast.PatternType():
                return TEXT
            case ast.RangeType(word=name):
                return Plain(name)
            case ast.EnumType(values=values, is_closed=is_closed):
                return Enumeration(tuple(values), is_closed)
            case ast.ModelType(name=name):
                return Named(name)
            case ast.ListType(item=item):
                return ListOf(self.of_word(item))
            case ast.MapType(value=value, keeps_repeats=keeps_repeats):
                return MapOf(self.of_word(value), keeps_repeats)
            case ast.StreamType(kind=kind, item=item):
                return StreamOf(kind, self.of_word(item))
            case ast.UnionType(members=members):
                return one_of(*map(self.of_word, members))

    def map_of(self, word: ast.TypeExpr) -> Type:
        """A map of values of a type."""
        return MapOf(self.of_word(word))

    def members_of(self, shape: Shape, path: Path, owner: str) -> tuple[Member, ...]:
        """The fields of a shape. What they declare in place is named after `owner`."""
        return tuple(
            self.member(wire, each, (*path, key), owner, is_optional=is_optional)
            for key, wire, is_optional, each in shape.members
        )

    def member(
        self, wire: str, shape: Shape, path: Path, owner: str, *, is_optional: bool = False
    ) -> Member:
        """One field or parameter."""
        word, fixed = shape.word, fixed_of(shape)
        has_default = "default" in shape.said
        default = shape.default
        if word is not None and word.default is not None:
            has_default, default = True, word.default.value
        return Member(
            wire=wire,
            path=path,
            type=self.type_of(shape, path, owner + naming.class_name(wire)),
            is_optional=is_optional,
            doc=shape.doc,
            python_name=shape.python_name,
            has_default=has_default,
            default=default,
            is_fixed=fixed is not None,
            fixed=fixed[0] if fixed else None,
            example=shape.example,
            is_read_only=shape.read_only,
            is_write_only=shape.write_only,
            deprecated=shape.deprecated,
            style=shape.style,
            part_type=shape.part.type if shape.part else None,
            part_name=shape.part.filename if shape.part else None,
            blank_is_null=shape.blank_is_null,
            extends_timeout=shape.extends_timeout,
            bounds=bounds_of(shape),
            is_switched_off=_is_none(shape),
        )

    def declare_object(self, name: str, path: Path, members: tuple[Member, ...]) -> Named:
        """An object that the spec does not declare as one: the fields of a body."""
        return self.declarations.add(
            ObjectDecl(key=_key(path), name=name, path=path, members=members)
        )

    def _is_declaration(self, shape: Shape) -> bool:
        """Whether a shape is an object or a tagged union: something that needs a name."""
        return any(
            (
                shape.fields is not None,
                shape.by is not None,
                shape.is_also is not None,
                shape.rest is not None and shape.type is None and shape.word is None,
            )
        )

    def _declare(self, shape: Shape, key: str, name: str, path: Path) -> Named:
        if shape.by is not None:
            return self._declare_tagged(shape, shape.by, key, name, path)
        if self._is_declaration(shape):
            # Taken before what is inside, so that the declarations stand in the spec's order.
            self.declarations.add(ObjectDecl(key=key, name=name, path=path))
            bases = [self.of_word(base) for base in shape.is_also or ()]
            return self.declarations.add(
                ObjectDecl(
                    key=key,
                    name=name,
                    path=path,
                    doc=shape.doc,
                    members=self.members_of(shape, path, name),
                    bases=tuple(base.key for base in bases if isinstance(base, Named)),
                    is_closed=shape.is_closed,
                    rest=None if shape.rest is None else self.of_word(shape.rest),
                    one_of_fields=tuple(shape.one_of_fields or ()),
                )
            )
        named = shape.enum.items() if isinstance(shape.enum, dict) else ()
        return self.declarations.add(
            AliasDecl(
                key=key,
                name=name,
                path=path,
                doc=_with_bounds(shape),
                type=self.type_of(shape, path, name),
                names=tuple(named),
            )
        )

    def _declare_tagged(self, shape: Shape, tag: str, key: str, name: str, path: Path) -> Named:
        self.declarations.add(TaggedDecl(key=key, name=name, path=path, tag=tag, cases=()))
        cases: list[tuple[str, Type]] = []
        for written, value, _, each in shape.members:
            case = self.type_of(each, (*path, written), name + naming.class_name(value))
            if isinstance(case, Named) and case.key == _key((*path, written)):
                self._add_tag(case.key, tag, value)
            cases.append((value, case))
        return self.declarations.add(
            TaggedDecl(
                key=key,
                name=name,
                path=path,
                doc=shape.doc,
                tag=tag,
                cases=tuple(cases),
                otherwise=None if shape.otherwise is None else self.of_word(shape.otherwise),
            )
        )

    def _add_tag(self, key: str, tag: str, value: str) -> None:
        """An object that is declared under its tag has the tag as a field."""
        found = self.declarations[key]
        if not isinstance(found, ObjectDecl) or any(each.wire == tag for each in found.members):
            return
        member = Member(
            wire=tag,
            path=found.path,
            type=Enumeration((value,), is_closed=True),
            is_fixed=True,
            fixed=value,
        )
        self.declarations.add(
            ObjectDecl(
                key=found.key,
                name=found.name,
                path=found.path,
                doc=found.doc,
                members=(member, *found.members),
                bases=found.bases,
                is_closed=found.is_closed,
                rest=found.rest,
                one_of_fields=found.one_of_fields,
            )
        )

    def _formatted(self, type_: Type, shape: Shape) -> Type:
        if shape.enum is not None:
            return one_of(_enumeration(shape), *((NULL,) if admits_null(type_) else ()))
        return type_ if shape.format is None else _with_format(type_, shape.format)


def _key(path: Path) -> str:
    """The key of what is declared in place: it cannot be the name of a model."""
    return ".".join(map(str, ("", *path)))


def _is_none(shape: Shape) -> bool:
    word = shape.word.type if shape.word else shape.type
    return isinstance(word, ast.WordType) and word.word == "none"


def fixed_of(shape: Shape) -> tuple[ast.Template | Scalar] | None:
    """What is always sent or must stand there, in a tuple; None where the caller decides."""
    if shape.word is not None and shape.word.constant is not None:
        template = shape.word.constant
        if template.is_constant:
            return ("".join(part for part in template.parts if isinstance(part, str)),)
        return (template,)
    if "constant" in shape.said:
        return (shape.constant,)
    return None


def _fixed_value(shape: Shape) -> Type | None:
    fixed = fixed_of(shape)
    if fixed is None:
        return None
    return TEXT if isinstance(fixed[0], ast.Template) else Enumeration((fixed[0],), is_closed=True)


def _enumeration(shape: Shape) -> Enumeration:
    listed = shape.enum or ()
    values = tuple(listed.values()) if isinstance(listed, Mapping) else tuple(listed)
    return Enumeration(tuple(dict.fromkeys(values)), shape.is_closed)


def _with_format(type_: Type, form: str) -> Type:
    match type_:
        case Plain(word=word) if type_ != NULL:
            return Plain(word, form)
        case ListOf(item=item):
            return ListOf(_with_format(item, form))
        case MapOf(value=value, keeps_repeats=keeps_repeats):
            return MapOf(_with_format(value, form), keeps_repeats)
        case OneOf(members=members):
            return OneOf(tuple(_with_format(each, form) for each in members))
        case _:
            return type_


def _with_bounds(shape: Shape) -> str | None:
    bounds = bounds_of(shape)
    parts = [part for part in (shape.doc, bounds and f"{bounds}.") if part]
    return "\n\n".join(parts) or None


def bounds_of(shape: Shape) -> str:
    """What the type says about values beyond their kind, for readers: `1 to 80 characters`."""
    parts: list[str] = []
    word = shape.word.type if shape.word else shape.type
    if isinstance(word, ast.RangeType):
        unit = " characters" if word.word == "string" else ""
        parts.append(_range_text(word.low, word.high, unit))
    elif isinstance(word, ast.PatternType):
        parts.append(f"matches {word.pattern}")
    parts.append(_range_text(shape.minimum, shape.maximum, ""))
    parts.append(_range_text(shape.min_length, shape.max_length, " characters"))
    if shape.pattern is not None:
        parts.append(f"matches {shape.pattern}")
    return "; ".join(part for part in parts if part)


def _range_text(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return ""
    if low is None:
        return f"at most {high}{unit}"
    if high is None:
        return f"at least {low}{unit}"
    return f"{low} to {high}{unit}"
