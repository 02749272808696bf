"""Names in Python for fields and parameters whose own would be the same, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ferrule import naming
from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import Object

_SIGNS = {
    "+": "plus", "-": "minus", "<": "before", ">": "after", "=": "equal", "@": "at", "#": "number",
    "$": "dollar", "%": "percent", "&": "and", "*": "star", "/": "per", "!": "not", "~": "like",
    "^": "power", "|": "or", ".": "dot", ":": "colon", "?": "is",
}  # fmt: skip


def name_fields(settler: Settler, found: Object) -> dict[str, str]:
    """The names to say (`.py`) for fields of an object, by wire name."""
    own = [name for name, each in found.fields.items() if each.python_name is None]
    others = [each for each in settler.all_fields(found).values() if each.name not in own]
    taken = {each.python_name or naming.attribute(each.name) for each in others}
    return distinct_names(own, naming.attribute, taken)


def distinct_names(
    names: Iterable[str], make: Callable[[str], str], taken: Iterable[str] = ()
) -> dict[str, str]:
    """A name for each that would have none, or one that another has already, as `taken` have."""
    taken = set(taken)
    said: dict[str, str] = {}
    waiting: list[str] = []
    for name in names:
        plain = make(name)
        if plain and plain not in taken:
            taken.add(plain)
        else:
            waiting.append(name)
    for name in waiting:
        said[name] = _another(name, make, taken)
        taken.add(said[name])
    return said


def _another(name: str, make: Callable[[str], str], taken: set[str]) -> str:
    for candidate in (_with_signs(name), f"{name} field"):
        found = make(candidate)
        if found and found.isascii() and found not in taken:
            return found
    stem = make(name) or "field"
    stem = stem if stem.isascii() else "field"
    number = 2
    while f"{stem.rstrip('_')}_{number}" in taken:
        number += 1
    return f"{stem.rstrip('_')}_{number}"


def _with_signs(name: str) -> str:
    """The name with its signs as words: `+1` is `plus 1`, `StartTime<` is `StartTime before`."""
    return re.sub(r"[^\w\s]", lambda sign: f" {_SIGNS.get(sign[0], '')} ", name)
