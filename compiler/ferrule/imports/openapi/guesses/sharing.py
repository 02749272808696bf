"""Says once how most lists of a connector go on, by a default and by names."""

from __future__ import annotations

from collections import Counter
from typing import Any

from msgspec import Struct, field

from ferrule.imports.openapi.drafts import ActionDraft
from ferrule.imports.openapi.guesses.paging import Guess
from ferrule.imports.openapi.guesses.places import word_of
from ferrule.imports.openapi.types import ListOf, admits_null, without_null


class Plan(Struct):
    """The pagings of a connector: the default, those with a name, what each action says."""

    default: Guess | None = None
    named: dict[str, Guess] = field(default_factory=dict)


def plan_pagings(drafts: list[ActionDraft], guesses: dict[int, Guess]) -> Plan:
    """Say what most lists share once, and at each action what is different about it."""
    plan = Plan()
    shapes = Counter(repr(guess.paging) for guess in guesses.values())
    firsts = {repr(guess.paging): guess for guess in reversed(list(guesses.values()))}
    lists = [n for n, draft in enumerate(drafts) if _pages_by_itself(draft)]
    paged = [n for n in lists if n in guesses]
    common = shapes.most_common()
    default = ""
    if common and common[0][1] >= 2:
        users = sum(1 for n in paged if repr(guesses[n].paging) == common[0][0])
        if users * 2 >= len(lists):
            default = common[0][0]
            plan.default = firsts[default]
    names: dict[str, str] = {}
    for shape, count in common:
        if shape != default and (count > 1 or _would_inherit(firsts[shape], plan.default)):
            name = _name_of(firsts[shape], plan.named)
            plan.named[name] = firsts[shape]
            names[shape] = name
    for number, draft in enumerate(drafts):
        guess = guesses.get(number)
        if guess is None:
            if plan.default is not None and number in lists:
                draft.paging = "none"
            continue
        shape = repr(guess.paging)
        if shape == default:
            draft.paging = None if draft.operation.method == "get" else "default"
        elif shape in names:
            draft.paging = names[shape]
        else:
            draft.paging = guess
    return plan


def _would_inherit(guess: Guess, default: Guess | None) -> bool:
    """Whether a paging in place would take over from the default what its action does not have."""
    if default is None:
        return False
    style, *_ = guess.paging
    left = default.paging.keys() - guess.paging.keys()
    return bool(left if style in default.paging else left & {"size", "total"})


def _pages_by_itself(draft: ActionDraft) -> bool:
    """Whether a default paging would apply: a read that gives a list."""
    result = draft.results.get("")
    return (
        draft.operation.method == "get"
        and result is not None
        and result.type is not None
        and result.stream is None
        and isinstance(without_null(result.type), ListOf)
    )


def _name_of(guess: Guess, taken: dict[str, Guess]) -> str:
    styles = {
        "cursor": "cursors", "next_url": "urls", "link_header": "links", "page": "pages",
        "offset": "offsets",
    }  # fmt: skip
    stem = next((styles[key] for key in guess.paging if key in styles), "pages")
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}{number}", number + 1
    return name


def envelope_of(guess: Guess) -> dict[str, Any]:
    """What surrounds the lists, so that the places of a paging can be checked."""
    found: dict[str, Any] = {}
    for each in guess.fields:
        inner = found
        for key in each.keys[:-1]:
            inner = inner.setdefault(key, {})
            if not isinstance(inner, dict):
                return {}
        word = word_of(each.field.type) or "any"
        ends = each.place in (guess.paging.get("cursor"), guess.paging.get("next_url"))
        may_be_null = word != "any" and (admits_null(each.field.type) or ends)
        inner[each.keys[-1]] = f"{word} | null" if may_be_null else word
    return found
