"""Walks the forms along a path of the spec, to know which form or field a place belongs to."""

from __future__ import annotations

from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from ferrule.forms.fields import Apart, Form, is_written
from ferrule.forms.reading import fields_of, is_form, member_for
from ferrule.forms.shape import PLAIN_KEYS
from ferrule.forms.spec import ConnectorSpec
from ferrule.forms.tree import Path
from ferrule.forms.values import SENT


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


def keys_of(form: type[Form]) -> dict[str, Any]:
    """The keys that an author can write in a form, with the annotation of each."""
    return {key: each.type for key, each in fields_of(form).items() if is_written(key)}


def spot_at(path: Path, data: object, root: type[Form] = ConnectorSpec) -> Spot:
    """Walks the forms and the data side by side along a path."""
    spot = Spot(root, data)
    for part in path:
        spot = _step(spot, part)
    annotation, passes = _peel(spot.annotation, spot.value)
    return Spot(annotation, spot.value, spot.owner, spot.is_value or passes)


def _step(spot: Spot, part: str | int) -> Spot:
    annotation, passes = _peel(spot.annotation, spot.value)
    inner = _inside(spot.value, part)
    is_value = spot.is_value or passes
    if is_form(annotation):
        known = fields_of(annotation)
        if part in known:
            return Spot(known[str(part)].type, inner, annotation, is_value)
        if PLAIN_KEYS in known and not str(part).startswith("."):
            plain, _ = _peel(known[PLAIN_KEYS].type, {})
            return Spot(get_args(plain)[1], inner, annotation, is_value)
        return Spot(annotation, inner, spot.owner, is_value)
    arguments = get_args(annotation)
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
    """What is inside `Annotated` and unions; and whether it is a value that is sent."""
    while True:
        if get_origin(annotation) is Annotated:
            inner, *said = get_args(annotation)
            if SENT in said:
                return annotation, True
            apart = next((each for each in said if isinstance(each, Apart)), None)
            annotation = inner if apart is None else apart.form
        elif get_origin(annotation) in (Union, UnionType):
            member = member_for(get_args(annotation), value)
            if member is None:
                return annotation, False
            annotation = member
        else:
            return annotation, False
