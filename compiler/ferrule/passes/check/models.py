"""Proves the models: made of objects, without circles and endless demands, tagged by their tags."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from ferrule.forms.shape import Shape
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.passes.check.scope import parts_of, type_of
from ferrule.words import ast

Member = tuple[str, bool, Shape, Path]
"""A field: its wire name, whether it may be left out, its declaration and where that stands."""


class Models(Struct, frozen=True, dict=True):
    """The models of a spec, and what follows from how they refer to each other."""

    spec: ConnectorSpec

    def __contains__(self, name: str) -> bool:
        return name in self.spec.models

    def bases(self, shape: Shape) -> list[str]:
        """The models that `.is` names, those that exist."""
        return [
            each.name
            for each in shape.is_also or ()
            if isinstance(each, ast.ModelType) and self.can_follow(each.name)
        ]

    def inherited(self, shape: Shape) -> dict[str, Member]:
        """The fields that come by `.is`, by wire name."""
        found: dict[str, Member] = {}
        self._gather(shape, found, set())
        return found

    def _gather(self, shape: Shape, found: dict[str, Member], seen: set[str]) -> None:
        for name in self.bases(shape):
            if name in seen:
                continue
            seen.add(name)
            base = self.spec.models[name]
            self._gather(base, found, seen)
            for member in members_of(base, ("models", name)):
                found.setdefault(member[0], member)

    def fields(self, shape: Shape, path: Path) -> dict[str, Member]:
        """All fields of an object, by wire name."""
        own = {member[0]: member for member in members_of(shape, path)}
        return {**self.inherited(shape), **own} if shape.is_also else own

    def is_object(self, type_: ast.TypeExpr | None) -> bool:
        """Whether a type is an object with fields, or a union of such."""
        return any(not isinstance(each, ast.TypeExpr) for each in self._ends(type_))

    def _ends(self, type_: ast.TypeExpr | None) -> Iterator[ast.TypeExpr | Shape]:
        """What a type comes down to when the names of models are looked up."""
        if isinstance(type_, ast.UnionType):
            for member in type_.members:
                yield from self._ends(member)
        elif isinstance(type_, ast.ModelType) and self.can_follow(type_.name):
            shape = self.spec.models[type_.name]
            alias = type_of(shape)
            if alias is None:
                yield shape
            else:
                yield from self._ends(alias)
        elif type_ is not None:
            yield type_

    def can_follow(self, name: str) -> bool:
        """Whether a model exists and is not made of itself."""
        return name in self and name not in self.circles

    @cached_property
    def circles(self) -> dict[str, tuple[list[str], Path, ast.TypeExpr]]:
        """The models made of themselves: the names on the way round, and where it closes."""
        found: dict[str, tuple[list[str], Path, ast.TypeExpr]] = {}
        for name in self.spec.models:
            seen: set[str] = set()
            ahead = [(name, [name])]
            while ahead and name not in found:
                here, trail = ahead.pop()
                for other, path, node in _next_names(self, here):
                    if other == name:
                        found[name] = ([*trail, name], path, node)
                    elif other not in seen:
                        seen.add(other)
                        ahead.append((other, [*trail, other]))
        return found

    @cached_property
    def endless(self) -> frozenset[str]:
        """The models that no finite value can be of."""
        finite: set[str] = set()
        waiting = list(self.spec.models)
        while True:
            left = []
            for name in waiting:
                if self._is_finite(self.spec.models[name], finite):
                    finite.add(name)
                else:
                    left.append(name)
            if len(left) == len(waiting):
                return frozenset(left)
            # The other way round, so that a long chain is seen through in few rounds.
            waiting = left[::-1]

    def _is_finite(self, shape: Shape, finite: set[str]) -> bool:
        if shape.by is not None:
            branches = [type_of(each) for each in (shape.fields or {}).values()]
            branches.append(shape.otherwise)
            return any(self._is_finite_type(each, finite) for each in branches if each)
        if not all(name in finite for name in self.bases(shape)):
            return False
        own = type_of(shape)
        if own is not None and not self._is_finite_type(own, finite):
            return False
        return all(
            may_be_absent or self._is_finite(each, finite)
            for _, _, may_be_absent, each in shape.members
        )

    def _is_finite_type(self, type_: ast.TypeExpr, finite: set[str]) -> bool:
        if isinstance(type_, ast.UnionType):
            return any(self._is_finite_type(each, finite) for each in type_.members)
        return (
            not isinstance(type_, ast.ModelType) or type_.name not in self or type_.name in finite
        )


def members_of(shape: Shape, path: Path) -> Iterator[Member]:
    """The fields that are declared in place, with where each stands."""
    if shape.by is None:
        for key, name, may_be_absent, each in shape.members:
            yield name, may_be_absent, each, (*path, key)


def check_models(context: Context, models: Models) -> None:
    """Check what the models are made of."""
    told: set[str] = set()
    for name, shape in context.spec.models.items():
        if name not in models.circles:
            _tell_endless(context, models, name, shape)
        elif name not in told:
            trail, path, node = models.circles[name]
            told.update(trail)
            message = f"a model cannot be made of itself: {' → '.join(trail)}"
            context.inside("model-cycle", path, node, message)


def check_composition(context: Context, models: Models, shape: Shape, path: Path) -> None:
    """Check `.is`, `.by`, `.else` and `.one_of_fields` of one object."""
    if shape.is_also:
        _check_bases(context, models, shape, path)
    if shape.by is not None:
        _check_tagged(context, models, shape, path)
    elif shape.otherwise is not None:
        message = "`.else` belongs to a union with a tag"
        context.at_key("option-not-here", (*path, ".else"), message, help="`.by` names the tag")
    known = models.fields(shape, path)
    for number, name in enumerate(shape.one_of_fields or ()):
        if name not in known:
            message = f"{quoted(name)} is not a field here"
            advice = did_you_mean(name, known)
            context.at_value(
                "unknown-choice", (*path, ".one_of_fields", number), message, help=advice
            )


def _check_bases(context: Context, models: Models, shape: Shape, path: Path) -> None:
    for number, each in enumerate(shape.is_also or ()):
        if isinstance(each, ast.ModelType) and not models.can_follow(each.name):
            continue  # told as an unknown model, or as one made of itself
        if not models.is_object(each):
            message = "only an object can be added to: this is not a model with fields"
            where = (*path, ".is", number)
            context.inside("not-an-object", where, each, message)
    inherited = models.inherited(shape)
    for name, _, _, where in members_of(shape, path):
        if name in inherited:
            base = inherited[name][3]
            message = f"{quoted(name)} is a field of {quoted(base[1])} already"
            advice = "`.is` adds fields; declare a model of its own where one differs"
            notes = [(base, "declared here first")]
            context.at_key("changed-field", where, message, help=advice, notes=notes)


def _check_tagged(context: Context, models: Models, shape: Shape, path: Path) -> None:
    tag = shape.by or ""
    if not shape.fields:
        message = "a union with a tag needs its models"
        advice = f"such as `{{.by: {tag}, dog: Dog, cat: Cat}}`"
        context.at_key("missing-key", path, message, help=advice)
    for key, each in (shape.fields or {}).items():
        _check_branch(context, models, tag, key, type_of(each), (*path, key))
    rest = shape.otherwise
    if rest is not None and not models.is_object(rest) and not _has_unknown(models, rest):
        context.at_value("not-an-object", (*path, ".else"), "`.else` takes a model")


def _check_branch(
    context: Context, models: Models, tag: str, key: str, type_: ast.TypeExpr | None, path: Path
) -> None:
    if type_ is not None and _has_unknown(models, type_):
        return
    if not isinstance(type_, ast.ModelType) or not models.is_object(type_):
        context.at_value("not-an-object", path, "each member of a union with a tag is a model")
        return
    shape = context.spec.models[type_.name]
    home: Path = ("models", type_.name)
    field = models.fields(shape, home).get(tag)
    if shape.by is not None or not context.is_whole(home) or shape.fields is None:
        return
    if field is None:
        message = f"{quoted(type_.name)} has no field {quoted(tag)}, by which it is told apart"
        advice = f"add `{tag}: = {key}` to it"
        notes = [(home, "declared here")]
        context.at_value("missing-tag", path, message, help=advice, notes=notes)
        return
    values = _constants_of(field[2])
    if values and key not in values:
        message = f"the tag {quoted(key)} is not a value of the field {quoted(tag)}"
        advice = f"the field says {listed(sorted(values))}"
        notes = [(field[3], "declared here")]
        context.at_key("missing-tag", path, message, help=advice, notes=notes)


def _constants_of(shape: Shape) -> set[str]:
    """The only values that a field can have, if they are said."""
    if shape.word is not None and shape.word.constant is not None:
        parts = shape.word.constant.parts
        return {str(parts[0])} if len(parts) == 1 and isinstance(parts[0], str) else set()
    if shape.constant is not None:
        return {str(shape.constant)}
    type_ = type_of(shape)
    return {str(each) for each in type_.values} if isinstance(type_, ast.EnumType) else set()


def _has_unknown(models: Models, type_: ast.TypeExpr) -> bool:
    return any(
        isinstance(each, ast.ModelType) and not models.can_follow(each.name)
        for each in parts_of(type_)
    )


def _next_names(models: Models, name: str) -> list[tuple[str, Path, ast.TypeExpr]]:
    """The models that a model is made of outright: its bases, or what it is another name for."""
    shape, path = models.spec.models[name], ("models", name)
    found: list[tuple[str, Path, ast.TypeExpr]] = []
    for number, each in enumerate(shape.is_also or ()):
        if isinstance(each, ast.ModelType) and each.name in models:
            found.append((each.name, (*path, ".is", number), each))
    own = type_of(shape)
    for part in ast.members_of(own):
        if isinstance(part, ast.ModelType) and part.name in models:
            where = path if shape.word is not None else (*path, ".type")
            found.append((part.name, where, part))
    return found


def _tell_endless(context: Context, models: Models, name: str, shape: Shape) -> None:
    """A model that requires itself. One that only requires such a model is not to blame."""
    if name not in models.endless or not context.is_whole(("models",)):
        return
    seen: set[str] = set()
    ahead = [(name, shape)]
    while ahead:
        here, looked_at = ahead.pop()
        for field, other in _required_models(models, looked_at):
            if other == name:
                message = f"{quoted(name)} requires itself, so that no value of it can end"
                advice = "let one field be left out (`name?`), be null, or be a list"
                notes = [(("models", here, field), "required here")] if here != name else []
                where = ("models", name, field) if here == name else ("models", name)
                context.at_key("endless-model", where, message, help=advice, notes=notes)
                return
            if other not in seen and other in models.endless:
                seen.add(other)
                ahead.append((other, models.spec.models[other]))


def _required_models(models: Models, shape: Shape) -> Iterator[tuple[str, str]]:
    for key, _, may_be_absent, each in shape.members:
        if may_be_absent:
            continue
        for part in _direct(type_of(each)):
            yield key, part
        for _, inner in _required_models(models, each):
            yield key, inner
    for part in _direct(type_of(shape)):
        yield "", part
    for name in models.bases(shape):
        yield ".is", name


def _direct(type_: ast.TypeExpr | None) -> Iterator[str]:
    for each in ast.members_of(type_):
        if isinstance(each, ast.ModelType):
            yield each.name
