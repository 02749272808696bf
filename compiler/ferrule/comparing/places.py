"""Finds where in a spec that stands what callers see."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ferrule import naming
from ferrule.comparing.changes import Change, Grade
from ferrule.forms.tree import Path, SpecTree
from ferrule.pipeline import CheckedSpec

_MAPS = ("path", "query", "query?", "headers", "headers?", "cookies", "body", "body?", "input")


class Places(Struct, frozen=True):
    """The two specs, and ways to tell changes about them."""

    old: CheckedSpec
    new: CheckedSpec

    def change(
        self,
        grade: Grade,
        where: str,
        message: str,
        *path: str,
        advice: str = "",
        is_gone: bool = False,
    ) -> Change:
        """A change with the place of what the path names: in the old spec if it `is_gone`."""
        tree = (self.old if is_gone else self.new).tree
        found = _place(tree, path)
        span = tree.key_span(found) if found else None
        source = tree.source
        if span is not None:
            source, span = tree.placed(span)
        return Change(grade, where, message, advice, source, span)


def _place(tree: SpecTree, path: tuple[str, ...]) -> Path:
    """The longest beginning of a path that the spec has; names are meant as Python has them."""
    found: list[str] = []
    value: Any = tree.data
    for part in path:
        if not isinstance(value, dict):
            break
        if part in value:
            found, value = [*found, part], value[part]
            continue
        inner = _inside(value, part)
        if not inner:
            break
        found += inner
        for key in inner:
            value = value[key]
    return tuple(found)


def _inside(value: dict[str, Any], name: str) -> list[str]:
    """The keys that lead to a parameter or field of that Python name."""
    for key in value:
        if _is_called(key, name):
            return [key]
    for place in _MAPS:
        inner = value.get(place)
        for key in inner if isinstance(inner, dict) else ():
            if _is_called(key, name):
                return [place, key]
    return []


def _is_called(key: str, name: str) -> bool:
    plain = key.removesuffix("?")
    return name in (plain, naming.argument(plain), naming.attribute(plain), naming.setting(plain))
