"""Compares two versions of a spec as callers see them, and says which version follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ferrule.comparing.actions import compared_actions
from ferrule.comparing.changes import Change, Grade
from ferrule.comparing.inside import compared_inside
from ferrule.comparing.installing import compared_installation
from ferrule.comparing.names import compared_errors, compared_types
from ferrule.comparing.places import Places
from ferrule.comparing.surface import Surface, surface_of
from ferrule.comparing.triggers import compared_triggers
from ferrule.pipeline import CheckedSpec

__all__ = ["Change", "Grade", "compared"]


def compared(old: CheckedSpec, new: CheckedSpec) -> list[Change]:
    """Every change, the gravest first. What is gone stands in the old spec, all else in the new."""
    places = Places(old, new)
    found = list(_all(surface_of(old.package), surface_of(new.package), places))
    found.sort(key=lambda change: (-change.grade.value, change.where, change.message))
    return list(dict.fromkeys(found))


def _all(old: Surface, new: Surface, places: Places) -> Iterator[Change]:
    return chain(
        compared_installation(old, new, places),
        compared_actions(old, new, places),
        compared_types(old, new, places),
        compared_errors(old, new, places),
        compared_triggers(old, new, places),
        compared_inside(old, new, places),
    )
