"""Finds parameters whose names would be the same in Python, and says other ones for them."""

from __future__ import annotations

from collections.abc import Iterable

from ferrule import naming
from ferrule.imports.openapi.python_names import distinct_names
from ferrule.imports.openapi.types import Const, Field

Section = tuple[str, Iterable[Field]]


def name_arguments(sections: Iterable[Section], options: set[str]) -> dict[str, dict[str, str]]:
    """The names to say (`.py`) by place and wire name.

    A name that another place has already gets that place as a suffix by itself. `options` are the
    arguments that the method has besides.
    """
    owners = dict.fromkeys(options, "")
    said: dict[str, dict[str, str]] = {}
    for place, fields in sections:
        needed = [each for each in fields if not _is_constant(each)]
        given = {each.python_name for each in needed if each.python_name is not None}
        owners |= dict.fromkeys(given, place)
        asked = [each.name for each in needed if each.python_name is None]
        own = distinct_names(asked, naming.argument, given)
        for name in asked:
            wanted = own.get(name) or naming.argument(name)
            if name not in own and wanted in owners:
                wanted = f"{wanted.rstrip('_')}_{place}"
            if wanted in owners:
                stem, number = f"{wanted.rstrip('_')}", 2
                while f"{stem}_{number}" in owners:
                    number += 1
                wanted = own[name] = f"{stem}_{number}"
            owners[wanted] = place
        if own:
            said[place] = own
    return said


def _is_constant(each: Field) -> bool:
    return isinstance(each.type, Const) and not each.is_optional
