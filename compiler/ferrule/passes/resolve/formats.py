"""Finds in a type what the encoder must be told: the wire forms that are not the usual ones."""

from __future__ import annotations

from msgspec import Struct

from ferrule.passes.resolve.types import (
    NULL,
    AliasDecl,
    Declarations,
    ListOf,
    MapOf,
    Named,
    ObjectDecl,
    OneOf,
    Plain,
    StreamOf,
    TaggedDecl,
    TupleOf,
    Type,
    has_member,
)

Form = str | dict[str, "Form"]

# Forms are spelled out along the fields up to here; a type that is larger tells them itself.
_DEEPEST = 12
_MOST_OBJECTS = 200

NOWHERE: frozenset[str] = frozenset()

# The encoder's own choice, so that nothing has to be said.
_USUAL = frozenset(
    [
        ("datetime", "iso8601"),
        ("duration", "seconds"),
        ("bytes", "base64"),
        ("decimal", "text"),
        ("number", "nan"),
    ]
)


class Forms(Struct, frozen=True):
    """The form of a type (a name, or one by field; None where it is the usual one).

    `is_whole` is False where names of fields cannot say it all: a type inside itself, a map, two
    objects of a union that differ.
    """

    form: Form | None
    is_whole: bool = True


def forms_of(declarations: Declarations, type_: Type) -> Forms:
    """The wire forms inside a type that a caller gives."""
    if not _has_form(declarations, type_):
        return Forms(None)
    reader = _Reader(declarations)
    form = reader.form(type_, frozenset())
    return Forms(form, reader.is_whole)


def holds_files(declarations: Declarations, type_: Type, inside: frozenset[str] = NOWHERE) -> bool:
    """Whether a caller can give nothing but files, or lists or maps of them, or null."""
    match type_:
        case Plain(word=word):
            return word == "file"
        case ListOf(item=inner) | MapOf(value=inner):
            return holds_files(declarations, inner, inside)
        case OneOf(members=members):
            others = [each for each in members if each != NULL]
            return all(holds_files(declarations, each, inside) for each in others)
        case Named(key=key) if key not in inside:
            found = declarations.by_key.get(key)
            if not isinstance(found, AliasDecl):
                return False
            return holds_files(declarations, found.type, inside | {key})
        case _:
            return False


class _Reader:
    """Reads forms field by field, as far as that stays short; beyond, `is_whole` says so."""

    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.is_whole = True
        self._left = _MOST_OBJECTS

    def form(self, type_: Type, inside: frozenset[str]) -> Form | None:
        match type_:
            case Plain(word=word, format=form) if form is not None:
                return None if (word, form) in _USUAL else encoder_name(form)
            case ListOf(item=item) | StreamOf(item=item):
                return self.form(item, inside)
            case MapOf(value=value):
                if self.form(value, inside) is not None:
                    self.is_whole = False
                return None
            case OneOf(members=members) | TupleOf(items=members):
                return self._together([self.form(each, inside) for each in members])
            case Named(key=key):
                return self._declared(key, inside)
            case _:
                return None

    def _declared(self, key: str, inside: frozenset[str]) -> Form | None:
        found = self.declarations.by_key.get(key)
        if key in inside or len(inside) >= _DEEPEST or self._left <= 0:
            self.is_whole = self.is_whole and not _has_form(self.declarations, Named(key))
            return None
        self._left -= 1
        inner = inside | {key}
        match found:
            case AliasDecl(type=type_):
                return self.form(type_, inner)
            case TaggedDecl(cases=cases, otherwise=otherwise):
                types = [type_ for _, type_ in cases] + ([] if otherwise is None else [otherwise])
                return self._together([self.form(each, inner) for each in types])
            case ObjectDecl():
                forms: dict[str, Form] = {}
                for member in self.declarations.all_members(key):
                    if has_member(member, in_response=False):
                        form = self.form(member.type, inner)
                        if form is not None:
                            forms[member.wire] = form
                return forms or None
            case _:
                return None

    def _together(self, forms: list[Form | None]) -> Form | None:
        """One form for all members of a union, which differ by their fields."""
        found = [form for form in forms if form is not None]
        trees = [form for form in found if isinstance(form, dict)]
        if len(trees) < len(found):
            if len({form for form in found if isinstance(form, str)}) > 1 or trees:
                self.is_whole = False
            return next(form for form in found if isinstance(form, str))
        merged: dict[str, Form] = {}
        for tree in trees:
            for name, form in tree.items():
                if merged.setdefault(name, form) != form:
                    self.is_whole = False
        return merged or None


def _has_form(declarations: Declarations, type_: Type) -> bool:
    """Whether some wire form inside a type is unusual."""
    if _is_unusual(type_):
        return True
    for name in declarations.reached_from(type_, into_responses=False):
        found = declarations.by_key.get(name.key)
        members = declarations.all_members(name.key) if isinstance(found, ObjectDecl) else []
        types = [each.type for each in members if has_member(each, in_response=False)]
        if isinstance(found, AliasDecl):
            types.append(found.type)
        if any(_is_unusual(each) for each in types):
            return True
    return False


def _is_unusual(type_: Type) -> bool:
    match type_:
        case Plain(word=word, format=form):
            return form is not None and (word, form) not in _USUAL
        case ListOf(item=inner) | StreamOf(item=inner) | MapOf(value=inner):
            return _is_unusual(inner)
        case OneOf(members=several) | TupleOf(items=several):
            return any(map(_is_unusual, several))
        case _:
            return False


def encoder_name(form: str) -> str:
    return f"strftime:{form}" if "%" in form else form
