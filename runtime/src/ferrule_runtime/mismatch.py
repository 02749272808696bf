"""Where an answer differs from its declared type: validation errors as a place and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.answer import AnswerFault, JsonFault
from ferrule_runtime.reading import json_path

if TYPE_CHECKING:
    from pydantic_core import ValidationError


Way = tuple[Any, ...]

_MOST_TOLD: Final = 3


def fault_of(error: ValidationError, tree: Any, ways: list[Way] | Way = ()) -> AnswerFault:
    """The first mismatch as a fault that tells the place and what was expected, never a value.

    `tree` is the JSON that was validated. `ways` leads from the root of the body to it: one way,
    or one for each item where the items were collected.
    """
    places: dict[str, list[str]] = {}
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        if each["type"] == "json_invalid":
            return JsonFault(f"is not JSON: {each['msg'].removeprefix('Invalid JSON: ')}")
        way = _without_labels(tree, each["loc"], is_missing=each["type"] == "missing")
        if isinstance(ways, list):
            way = (*ways[way[0]], *way[1:]) if way and way[0] in range(len(ways)) else way
        else:
            way = (*ways, *way)
        reasons = places.setdefault(json_path(way), [])
        reason = _reason(each["type"], each["msg"])
        if reason not in reasons:
            reasons.append(reason)
    # A union tells one error a member; the one that got furthest is the one that was meant.
    first = next(iter(places))
    place = max((other for other in places if other.startswith(first)), key=len)
    reason = " or ".join(places[place][:_MOST_TOLD])
    others = len(places) - 1
    if others and place == first:
        reason += f" (and {others} more mismatch{'es' if others > 1 else ''})"
    return AnswerFault(reason, place)


def _reason(kind: str, message: str) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a declared field"
    if message.startswith("Input should"):
        return message.removeprefix("Input ")
    if kind.startswith("union_tag"):
        return "should have one of the declared tags"
    return f"is refused: {message}" if kind != "wire_form" else message


def _without_labels(tree: Any, loc: Way, *, is_missing: bool) -> Way:
    """The steps of a location that are steps into the JSON, without the names of union members."""
    way, _ = _followed(tree, loc, is_missing=is_missing)
    return way


def _followed(tree: Any, loc: Way, *, is_missing: bool) -> tuple[Way, int]:
    """The way, and how many steps of the location are in the JSON: the more, the likelier."""
    if not loc:
        return (), 0
    step, rest = loc[0], loc[1:]
    if is_missing and not rest:
        return (step,), 1
    inner: Any = None
    is_step = False
    if isinstance(tree, dict) and step in tree:
        inner, is_step = tree[step], True
    elif isinstance(tree, list) and isinstance(step, int) and 0 <= step < len(tree):
        return _prefixed(step, _followed(tree[step], rest, is_missing=is_missing))
    if not is_step:
        return _followed(tree, rest, is_missing=is_missing)
    # A tag may be the name of a field too: `paragraph` in {"type": "paragraph", "paragraph": …}.
    taken = _prefixed(step, _followed(inner, rest, is_missing=is_missing))
    skipped = _followed(tree, rest, is_missing=is_missing) if rest else ((), 0)
    return taken if taken[1] >= skipped[1] else skipped


def _prefixed(step: Any, followed: tuple[Way, int]) -> tuple[Way, int]:
    return (step, *followed[0]), followed[1] + 1
