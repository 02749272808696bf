"""Walks the forms along a path of the spec, to know which form or field a place belongs to."""

from __future__ import annotations

import types
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

from msgspec import Struct
from pydantic import Tag
from typing_extensions import TypeAliasType

from ferrule.forms.fields import SYNTHETIC, Apart, Form
from ferrule.forms.shape import Shape
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.values import Value

Loc = tuple[str | int, ...]
"""A path with the tags of unions and the synthetic keys in it, as pydantic tells it."""


class Spot(Struct, frozen=True):
    """Where a path ends: the annotation there, the form around it, and what the YAML says there."""

    annotation: Any
    value: object
    owner: type[Form] | None = None
    is_value: bool = False

    @property
    def form(self) -> type[Form] | None:
        """The form that stands here, if it is one."""
        return self.annotation if is_form(self.annotation) else None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may stand here, where only some may."""
        if get_origin(self.annotation) is Literal:
            return tuple(map(str, get_args(self.annotation)))
        return ()


def is_form(annotation: object) -> bool:
    """Whether an annotation is a form class."""
    return isinstance(annotation, type) and issubclass(annotation, Form)


def keys_of(form: type[Form]) -> dict[str, Any]:
    """The keys that an author can write in a form, with the annotation of each."""
    return {
        field.alias or name: field.annotation
        for name, field in form.model_fields.items()
        if not (field.alias or name).startswith(SYNTHETIC)
    }


def spot_at(loc: Loc, data: object, root: type[Form] = ConnectorSpec) -> Spot:
    """Walks the forms and the data side by side along a location."""
    spot = Spot(root, data)
    for part in loc:
        spot = _step(spot, part)
    annotation, passes = _peel(spot.annotation, spot.value)
    return Spot(annotation, spot.value, spot.owner, spot.is_value or passes)


def _step(spot: Spot, part: str | int) -> Spot:
    annotation, passes = _peel(spot.annotation, spot.value)
    inner = _inside(spot.value, part)
    is_value = spot.is_value or passes
    if is_form(annotation):
        for name, field in annotation.model_fields.items():
            if (field.alias or name) == part:
                return Spot(field.annotation, inner, annotation, is_value)
        if annotation is Shape and not str(part).startswith((SYNTHETIC, ".")):
            return Spot(Shape, inner, annotation, is_value)
        return Spot(annotation, inner, spot.owner, is_value)
    arguments = get_args(annotation)
    if isinstance(part, str) and part.startswith(SYNTHETIC):
        return Spot(annotation, spot.value, spot.owner, is_value)
    if get_origin(annotation) in (dict, list) and arguments:
        return Spot(arguments[-1], inner, spot.owner, is_value)
    return Spot(annotation, inner, spot.owner, is_value)


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, dict):
        return value.get(str(part), value)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return value


def _peel(annotation: Any, value: object) -> tuple[Any, bool]:
    """What is inside `Annotated`, aliases and unions; and whether it is a value that is sent."""
    is_value = False
    while True:
        if isinstance(annotation, str | ForwardRef):
            annotation = Value  # the only alias that refers to itself
        elif isinstance(annotation, TypeAliasType):
            is_value = is_value or annotation is Value
            annotation = annotation.__value__
        elif get_origin(annotation) is Annotated:
            inner, *said = get_args(annotation)
            apart = next((each for each in said if isinstance(each, Apart)), None)
            annotation = inner if apart is None else apart.form
        elif get_origin(annotation) in (Union, types.UnionType):
            branch = _branch(get_args(annotation), value)
            if branch is None:
                return annotation, is_value
            annotation = branch
        else:
            return annotation, is_value


def _branch(members: tuple[Any, ...], value: object) -> Any:
    real = [member for member in members if member is not type(None)]
    if len(real) == 1:
        return real[0]
    kind = _kind_tag(value)
    for member in real:
        if any(isinstance(each, Tag) and each.tag == kind for each in get_args(member)[1:]):
            return member
    return None


def _kind_tag(value: object) -> str:
    if isinstance(value, str):
        return SYNTHETIC + "text"
    if isinstance(value, list):
        return SYNTHETIC + "list"
    return SYNTHETIC + ("map" if isinstance(value, dict) else "plain")
