"""Shapes items before they are read as their type: filter, derive, rename, drop."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.omit import omit
from ferrule_runtime.templates import TemplateFault, render

if TYPE_CHECKING:
    from ferrule_runtime.sequences import Items

_EMPTY = Answer(200, (), b"")


def shaped(items: "Items", found: Any, names: Mapping[str, Any] | None = None) -> Any:
    """The items of a list, or one item, as the spec shapes them; nothing that is given is changed.

    `names` are looked up beside `item`. Raises AnswerFault for what cannot be derived.
    """
    if not isinstance(found, list):
        return _one(items, found, names) if isinstance(found, dict) else found
    kept = [each for each in found if items.where is None or _holds(items.where, each)]
    return [_one(items, each, names) if isinstance(each, dict) else each for each in kept]


def _holds(where: Any, item: Any) -> bool:
    return bool(where(_EMPTY.with_tree(item)))


def _one(items: "Items", item: dict[str, Any], names: Mapping[str, Any] | None) -> dict[str, Any]:
    scope = {**(names or {}), "item": item}
    made = {items.rename.get(name, name): value for name, value in item.items()}
    for name, template in items.derive.items():
        reason = ""
        try:
            value = render(template, scope)
        except (TemplateFault, ValueError, TypeError) as fault:
            reason = str(fault)
        if reason:
            raise AnswerFault(f"cannot be derived: {reason}", f"item.{name}")
        if value is not omit:
            made[name] = value
    for name in items.drop:
        made.pop(name, None)
    return made
