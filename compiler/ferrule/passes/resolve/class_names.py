"""Names the declared types of a spec, and picks the module that each of them stands in."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ferrule import naming
from ferrule.forms.tree import Path
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.spelling import ClassNames
from ferrule.passes.resolve.types import (
    AliasDecl,
    Declarations,
    Enumeration,
    Named,
    Plain,
    Type,
    members_of,
    names_in,
)

SHARED = "shared"
"""The module of types that several resources use, or none."""


class Use(Struct, frozen=True):
    """A type that an action reads or sends; `module` is the one of its resource."""

    module: str
    type: Type
    is_read: bool


def class_names(
    declarations: Declarations,
    uses: Iterable[Use],
    reserved: frozenset[str],
    taken: frozenset[str],
    teller: Teller,
) -> ClassNames:
    """Names for everything that is read and everything that is given.

    `reserved` are the package's own classes, which a model's name gives way to; `taken` are
    further names of classes that what is declared in place must not have.
    """
    used = list(uses)
    scope: naming.Scope[Path] = naming.Scope(reserved | taken)
    reads: dict[str, str] = {}
    named = [each for each in declarations if not each.key.startswith(".")]
    for declaration in named:
        text = declaration.key
        fix = "name the model with letters"
        wanted = teller.named(naming.class_name(text), text, declaration.path, fix=fix)
        wanted = f"{wanted}_" if wanted in reserved else wanted
        earlier = scope.claim(wanted, declaration.path)
        if earlier is not None:
            fix = "rename one of the two models"
            teller.collision(wanted, "model", declaration.path, earlier, fix=fix)
        reads[declaration.key] = wanted
    for declaration in declarations:
        if declaration.key not in reads:
            reads[declaration.key] = scope.unique(declaration.name, declaration.path)
    gives: dict[str, str] = {}
    sent = _reached(declarations, (each.type for each in used if not each.is_read))
    for declaration in declarations:
        if declaration.key not in sent:
            continue
        is_same = _reads_as_given(declarations, declaration.key)
        wanted = reads[declaration.key]
        gives[declaration.key] = (
            wanted if is_same else scope.unique(f"{wanted}Input", declaration.path)
        )
    modules = _modules(declarations, used)
    # Error classes and clients stand in modules of their own, where nothing is hidden by them.
    names = frozenset((*reads.values(), *gives.values(), *(taken - reserved)))
    return ClassNames(reads, gives, modules, names)


def keys_read(declarations: Declarations, uses: Iterable[Use]) -> set[str]:
    """What is read from answers, and every model that nothing uses, with all that is inside."""
    used = list(uses)
    sent = _reached(declarations, (each.type for each in used if not each.is_read))
    idle = [Named(each.key) for each in declarations if each.key not in sent]
    answers = [each.type for each in used if each.is_read]
    read = _reached(declarations, (*answers, *idle), is_read=True)
    same = {key for key in sent if _reads_as_given(declarations, key)}
    return read | same


def _reached(
    declarations: Declarations, types: Iterable[Type], *, is_read: bool = False
) -> set[str]:
    return {each.key for each in declarations.reached_from(*types, into_responses=is_read)}


def _reads_as_given(declarations: Declarations, key: str) -> bool:
    """Whether one spelling of a declared type serves both ways: names of plain types and values."""
    waiting, seen = [key], {key}
    while waiting:
        found = declarations.by_key.get(waiting.pop())
        if not isinstance(found, AliasDecl):
            return False
        members = members_of(found.type)
        for member in members:
            if isinstance(member, Named):
                waiting += [member.key] if member.key not in seen else []
                seen.add(member.key)
            elif isinstance(member, Plain):
                if member.word in ("object", "file"):
                    return False
            elif not isinstance(member, Enumeration):
                return False
    return True


def _modules(declarations: Declarations, uses: list[Use]) -> dict[str, str]:
    """A type stands with the only resource that reaches it, else in the shared module.

    Fields count both ways, so that what a type of the shared module refers to is shared as well:
    no module imports one that imports it.
    """
    inside = {
        each.key: {
            name.key
            for into_responses in (True, False)
            for name in declarations.inside(each.key, into_responses=into_responses)
            if name.key in declarations.by_key
        }
        for each in declarations
    }
    owners: dict[str, set[str]] = {key: set() for key in inside}

    def own(module: str, types: Iterable[Type]) -> None:
        waiting = [name.key for type_ in types for name in names_in(type_)]
        while waiting:
            key = waiting.pop()
            # What two modules share is known to be shared with all that is inside.
            if key in owners and module not in owners[key] and len(owners[key]) < 2:
                owners[key].add(module)
                waiting += inside[key]

    by_module: dict[str, list[Type]] = {}
    for use in uses:
        by_module.setdefault(use.module, []).append(use.type)
    for module, types in by_module.items():
        own(module, types)
    own(SHARED, [Named(key) for key, found in owners.items() if not found])
    return {
        key: f"models.{next(iter(found)) if len(found) == 1 else SHARED}"
        for key, found in owners.items()
    }
