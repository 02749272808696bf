"""Compares what has a name: models, inputs, aliases, errors."""

from __future__ import annotations

from collections.abc import Iterator

from ferrule.comparing.actions import known_values
from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Declared, Field, Surface
from ferrule.comparing.types import Relation, relation

BREAKING, ADDITIVE, INTERNAL = Grade.breaking, Grade.additive, Grade.internal


def compared_types(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change of a model, an input or an alias."""
    for name in old.types:
        if name not in new.types:
            message, advice = "the type is gone", f"stop using `{name}`"
            path = _path(name, old)
            yield places.change(BREAKING, name, message, *path, advice=advice, is_gone=True)
    for name, now in new.types.items():
        path = _path(name, new)
        if name not in old.types:
            yield places.change(ADDITIVE, name, "a new type", *path)
        else:
            yield from _declared(old.types[name], now, places, path, _is_sent(name, new))


def _path(name: str, surface: Surface) -> tuple[str, ...]:
    """Where a type is declared: as a model, or in the action whose method names it."""
    for action, method in surface.methods.items():
        types = [method.result, *(each.type for each in method.parameters.values())]
        if name not in ("", action) and any(name in each.text for each in types):
            return ("models", name) if not _is_of_action(name, action) else ("actions", action)
    return ("models", name)


def _is_of_action(name: str, action: str) -> bool:
    joined = action.replace(".", "").replace("_", "").lower()
    return name.lower().startswith(joined)


def _is_sent(name: str, surface: Surface) -> bool:
    """Whether callers pass an alias to some method."""
    return any(
        name in each.type.text
        for method in surface.methods.values()
        for each in method.parameters.values()
    )


def _declared(
    old: Declared, new: Declared, places: Places, path: tuple[str, ...], is_sent: bool
) -> Iterator[Change]:
    name = new.name
    if (old.alias is None) != (new.alias is None) or old.is_input != new.is_input:
        message, advice = "it is another kind of type", f"look at how you use `{name}`"
        yield places.change(BREAKING, name, message, *path, advice=advice)
        return
    if old.alias is not None and new.alias is not None:
        kind = relation(old.alias, new.alias)
        if kind is not Relation.same:
            is_fine = kind is Relation.wider and is_sent and not _is_given(name)
            message = f"it changed from `{old.alias.text}` to `{new.alias.text}`"
            grade, advice = (ADDITIVE, "") if is_fine else (BREAKING, f"expect `{new.alias.text}`")
            yield places.change(grade, name, message, *path, advice=advice)
        yield from known_values(old.alias, new.alias, name, "it", places, *path)
        return
    for field in old.fields:
        if field not in new.fields:
            message, advice = f"the field `{field}` is gone", f"stop using `{field}`"
            place = (*path, field)
            yield places.change(BREAKING, name, message, *place, advice=advice, is_gone=True)
    for field, now in new.fields.items():
        place = (*path, field)
        was = old.fields.get(field)
        if was is None:
            yield _new_field(now, new, places, place)
        else:
            compare = _input_field if new.is_input else _model_field
            yield from compare(was, now, name, places, place)


def _is_given(name: str) -> bool:
    return not name.endswith("Input")


def _new_field(now: Field, owner: Declared, places: Places, path: tuple[str, ...]) -> Change:
    if owner.is_input and now.is_required:
        message, advice = f"the field `{now.name}` must be given", f"give `{now.name}`"
        return places.change(BREAKING, owner.name, message, *path, advice=advice)
    return places.change(ADDITIVE, owner.name, f"a new field `{now.name}`", *path)


def _input_field(
    old: Field, new: Field, owner: str, places: Places, path: tuple[str, ...]
) -> Iterator[Change]:
    if new.is_required and not old.is_required:
        message, advice = f"the field `{new.name}` must be given", f"give `{new.name}`"
        yield places.change(BREAKING, owner, message, *path, advice=advice)
    elif old.is_required and not new.is_required:
        yield places.change(ADDITIVE, owner, f"the field `{new.name}` may be left out", *path)
    kind = relation(old.type, new.type)
    was_now = f"from `{old.type.text}` to `{new.type.text}`"
    if kind is Relation.wider:
        yield places.change(ADDITIVE, owner, f"`{new.name}` takes more: {was_now}", *path)
    elif kind is not Relation.same:
        message, advice = f"the type of `{new.name}` changed {was_now}", f"give `{new.type.text}`"
        yield places.change(BREAKING, owner, message, *path, advice=advice)
    yield from known_values(old.type, new.type, owner, f"`{new.name}`", places, *path)


def _model_field(
    old: Field, new: Field, owner: str, places: Places, path: tuple[str, ...]
) -> Iterator[Change]:
    kind = relation(old.type, new.type)
    was_now = f"from `{old.type.text}` to `{new.type.text}`"
    if kind is Relation.narrower:
        yield places.change(ADDITIVE, owner, f"`{new.name}` is more exact: {was_now}", *path)
    elif kind is not Relation.same:
        message, advice = f"the type of `{new.name}` changed {was_now}", f"expect `{new.type.text}`"
        yield places.change(BREAKING, owner, message, *path, advice=advice)
    yield from known_values(old.type, new.type, owner, f"`{new.name}`", places, *path)


def compared_errors(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    """Every change of an error class, and of what is raised for which code or status."""
    for name in old.errors.keys() - new.errors.keys():
        message, advice = "the error class is gone", f"stop catching `{name}`"
        yield places.change(BREAKING, name, message, "errors", advice=advice, is_gone=True)
    for name in new.errors.keys() - old.errors.keys():
        yield places.change(ADDITIVE, name, "a new error class", "errors")
    for name in old.errors.keys() & new.errors.keys():
        lost = old.errors[name] - new.errors[name]
        if lost:
            bases = ", ".join(sorted(lost))
            message = f"it is no longer a {bases}"
            advice = f"catch `{name}` by its own name"
            yield places.change(BREAKING, name, message, "errors", advice=advice)
    for what, was in old.outcomes.items():
        now = new.outcomes.get(what, "the class of its status")
        if was != now:
            yield _outcome(what, was, now, new, places)
    for what in new.outcomes.keys() - old.outcomes.keys():
        message = f"{what} is {new.outcomes[what]} now"
        yield places.change(INTERNAL, "errors", message, "errors")


def _outcome(what: str, was: str, now: str, new: Surface, places: Places) -> Change:
    message = f"{what} is {now} now, and was {was}"
    if was not in new.errors and not was[:1].isupper():
        return places.change(INTERNAL, "errors", message, "errors")
    if _descends(now, was, new):
        return places.change(ADDITIVE, "errors", message, "errors")
    advice = f"catch `{now}` where you catch `{was}`"
    return places.change(BREAKING, "errors", message, "errors", advice=advice)


def _descends(name: str, base: str, surface: Surface) -> bool:
    bases = surface.errors.get(name, frozenset())
    return base in bases or any(_descends(each, base, surface) for each in bases)
