"""Names the declared types of a spec, and picks the module that each of them stands in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ferrule import naming
from ferrule.forms.tree import Path
from ferrule.passes.resolve.findings import Teller
from ferrule.passes.resolve.spelling import ClassNames
from ferrule.passes.resolve.types import (
    AliasDecl,
    Declarations,
    Enumeration,
    Named,
    OneOf,
    Plain,
    Type,
    names_in,
)

SHARED = "shared"
"""The module of types that several resources use, or none."""


@dataclass(frozen=True, slots=True)
class Use:
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
        is_same = _reads_as_given(declarations, Named(declaration.key), frozenset())
        wanted = reads[declaration.key]
        gives[declaration.key] = (
            wanted if is_same else scope.unique(f"{wanted}Input", declaration.path)
        )
    modules = _modules(declarations, used)
    # Error classes and clients stand in modules of their own, where nothing is hidden by them.
    names = frozenset((*reads.values(), *gives.values(), *(taken - reserved)))
    return ClassNames(reads, gives, modules, names)


def keys_read(declarations: Declarations, uses: Iterable[Use]) -> set[str]:
    """What is read from answers, and every model that nothing uses."""
    used = list(uses)
    read = _reached(declarations, (each.type for each in used if each.is_read), is_read=True)
    sent = _reached(declarations, (each.type for each in used if not each.is_read))
    idle = {each.key for each in declarations if each.key not in sent}
    same = {key for key in sent if _reads_as_given(declarations, Named(key), frozenset())}
    return read | idle | same


def _reached(
    declarations: Declarations, types: Iterable[Type], *, is_read: bool = False
) -> set[str]:
    return {
        each.key
        for type_ in types
        for each in declarations.reached_from(type_, into_responses=is_read)
    }


def _reads_as_given(declarations: Declarations, type_: Type, seen: frozenset[str]) -> bool:
    """Whether one spelling of the type serves both ways."""
    match type_:
        case Plain(word=word):
            return word not in ("object", "file")
        case Enumeration():
            return True
        case OneOf(members=members):
            return all(_reads_as_given(declarations, each, seen) for each in members)
        case Named(key=key) if key not in seen:
            found = declarations.by_key.get(key)
            return isinstance(found, AliasDecl) and _reads_as_given(
                declarations, found.type, seen | {key}
            )
        case _:
            return False


def _modules(declarations: Declarations, uses: list[Use]) -> dict[str, str]:
    """A type stands with the only resource that reaches it, else in the shared module.

    Fields count both ways, so that what a type of the shared module refers to is shared as well:
    no module imports one that imports it.
    """
    owners: dict[str, set[str]] = {each.key: set() for each in declarations}
    for use in uses:
        for key in _everything(declarations, use.type):
            owners[key].add(use.module)
    for declaration in declarations:
        if not owners[declaration.key]:
            for key in _everything(declarations, Named(declaration.key)):
                owners[key].add(SHARED)
    return {
        key: f"models.{next(iter(found)) if len(found) == 1 else SHARED}"
        for key, found in owners.items()
    }


def _everything(declarations: Declarations, type_: Type) -> set[str]:
    found: set[str] = set()
    waiting = list(names_in(type_))
    while waiting:
        key = waiting.pop().key
        if key in found or key not in declarations.by_key:
            continue
        found.add(key)
        for into_responses in (True, False):
            waiting += declarations.inside(key, into_responses=into_responses)
    return found
