"""Compares the methods of two clients: which there are, what they take, what they give."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Method, Parameter, Surface
from ferrule.comparing.types import Relation, Type, relation

BREAKING, ADDITIVE, INTERNAL = Grade.breaking, Grade.additive, Grade.internal


def compared_actions(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change of an action."""
    for name, was in old.methods.items():
        if name not in new.methods:
            yield places.change(
                BREAKING,
                name,
                "the action is gone",
                "actions",
                name,
                advice=f"stop calling {was.call}()",
                is_gone=True,
            )
    for name, now in new.methods.items():
        if name not in old.methods:
            yield places.change(ADDITIVE, name, "a new action", "actions", name)
        else:
            yield from _method(old.methods[name], now, places)


def _method(old: Method, new: Method, places: Places) -> Iterator[Change]:
    name = new.action
    if old.call != new.call:
        message, advice = f"{old.call}() is called {new.call}() now", f"call {new.call}()"
        yield places.change(BREAKING, name, message, "actions", name, advice=advice)
    for parameter, was in old.parameters.items():
        if parameter not in new.parameters:
            yield places.change(
                BREAKING,
                name,
                f"the argument `{was.name}` is gone",
                *("actions", name, parameter),
                advice=f"stop passing `{parameter}`",
                is_gone=True,
            )
    for parameter, now in new.parameters.items():
        if parameter in old.parameters:
            yield from compared_parameter(old.parameters[parameter], now, name, places)
        else:
            yield _new_parameter(now, name, places)
    yield from _result(old.result, new.result, name, places)
    if old.overloads != new.overloads and old.result == new.result:
        message = "what it gives for which argument changed"
        advice = "look at what your calls give now"
        yield places.change(BREAKING, name, message, "actions", name, advice=advice)


def _new_parameter(now: Parameter, action: str, places: Places) -> Change:
    path = ("actions", action, now.name)
    if now.is_required:
        message, advice = f"the argument `{now.name}` must be given", f"pass `{now.name}`"
        return places.change(BREAKING, action, message, *path, advice=advice)
    return places.change(ADDITIVE, action, f"a new argument `{now.name}`", *path)


def compared_parameter(
    old: Parameter, new: Parameter, where: str, places: Places, root: str = "actions"
) -> Iterator[Change]:
    """Every change of one argument of an action, or of a client."""
    path = (root, where, new.name) if root == "actions" else (root, new.name)
    name = f"the argument `{new.name}`"
    if new.is_required and not old.is_required:
        message, advice = f"{name} must be given", f"pass `{new.name}`"
        yield places.change(BREAKING, where, message, *path, advice=advice)
    elif old.is_required and not new.is_required:
        yield places.change(ADDITIVE, where, f"{name} may be left out", *path)
    elif old.default != new.default:
        message = f"the default of `{new.name}` changed from {old.default} to {new.default}"
        advice = f"pass `{new.name}={old.default}` to keep what you had"
        yield places.change(BREAKING, where, message, *path, advice=advice)
    kind = relation(old.type, new.type)
    was_now = f"from `{old.type.text}` to `{new.type.text}`"
    if kind is Relation.wider:
        yield places.change(ADDITIVE, where, f"{name} takes more: {was_now}", *path)
    elif kind is not Relation.same:
        advice = f"pass `{new.type.text}`"
        message = f"the type of `{new.name}` changed {was_now}"
        yield places.change(BREAKING, where, message, *path, advice=advice)
    yield from known_values(old.type, new.type, where, f"`{new.name}`", places, *path)


def known_values(
    old: Type, new: Type, where: str, what: str, places: Places, *path: str
) -> Iterator[Change]:
    """Values that an open enum names, or names no longer: any other is admitted as before."""
    for value in sorted(new.known - old.known):
        yield places.change(ADDITIVE, where, f"{what} knows the value {value}", *path)
    if new.known:
        for value in sorted(old.known - new.known):
            message = f"{what} no longer knows the value {value}, and still takes it"
            yield places.change(INTERNAL, where, message, *path)


def _result(old: Type, new: Type, action: str, places: Places) -> Iterator[Change]:
    kind = relation(old, new)
    was_now = f"from `{old.text}` to `{new.text}`"
    path = ("actions", action, "returns")
    if kind is Relation.narrower:
        yield places.change(ADDITIVE, action, f"the result is more exact: {was_now}", *path)
    elif kind is not Relation.same:
        advice = f"expect `{new.text}`"
        message = f"the result changed {was_now}"
        yield places.change(BREAKING, action, message, *path, advice=advice)
