"""Declarations of a spec as rows for readers: names, types as written, notes, fields inside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ferrule.forms.reference import FieldRow

_DEEPEST = 3
_NOTES = {
    ".min": "at least {}",
    ".max": "at most {}",
    ".min_length": "at least {} long",
    ".max_length": "at most {} long",
    ".pattern": "matches `{}`",
    ".style": "sent as `{}`",
    ".format": "in the format `{}`",
    ".example": "for example `{}`",
    ".deprecated": "deprecated: {}",
}
_FLAGS = {".read_only": "only in answers", ".write_only": "only in requests"}


def name_of(key: str) -> tuple[str, bool]:
    """A key without its mark, and whether the mark of the optional was there."""
    return (key[:-1], False) if key.endswith("?") else (key, True)


def fields_of(declared: Any) -> dict[str, Any]:
    """The plain keys of a map: its fields."""
    if not isinstance(declared, Mapping):
        return {}
    return {key: each for key, each in declared.items() if not key.startswith(".")}


def rows(declared: Any, place: str = "", level: int = 0, prefix: str = "") -> Iterator[FieldRow]:
    """A row for each field of a map, and below it those of its own map."""
    for key, each in fields_of(declared).items():
        name, is_required = name_of(key)
        yield row(f"{prefix}{name}", each, place, is_required=is_required, level=level)
        if level < _DEEPEST and not _is_tagged(each):
            yield from rows(each, place, level + 1, f"{prefix}{name}.")


def row(
    name: str, declared: Any, place: str = "", *, is_required: bool = True, level: int = 0
) -> FieldRow:
    """One declaration as a row."""
    word = type_text(declared)
    default = ""
    if " = " in word and not word.startswith("="):
        word, _, default = word.partition(" = ")
    given = declared if isinstance(declared, Mapping) else {}
    if ".default" in given:
        default = _shown(given[".default"])
    if word.startswith("= ") or ".const" in given:
        default, word = word.removeprefix("= ") or _shown(given.get(".const")), "constant"
    notes = [text.format(_shown(given[key])) for key, text in _NOTES.items() if key in given]
    notes += [text for key, text in _FLAGS.items() if given.get(key)]
    if ".enum" in given:
        values = given[".enum"]
        listed = values.values() if isinstance(values, Mapping) else values
        notes.insert(0, "one of " + ", ".join(f"`{_shown(each)}`" for each in listed))
    return FieldRow(
        name=name,
        type=word,
        doc=str(given.get(".doc", "")).strip(),
        is_required=is_required and not default,
        place=place,
        level=level,
        default=default,
        notes=tuple(notes),
    )


def type_text(declared: Any) -> str:
    """The type as it is written; of a map of fields what it is."""
    if isinstance(declared, str):
        return declared
    if not isinstance(declared, Mapping):
        return _shown(declared)
    if ".type" in declared:
        return str(declared[".type"])
    if ".items" in declared:
        return "[" + ", ".join(map(str, declared[".items"])) + "]"
    if _is_tagged(declared):
        cases = list(dict.fromkeys(map(type_text, fields_of(declared).values())))
        return " | ".join([*cases, *([str(declared[".else"])] if ".else" in declared else [])])
    if ".is" in declared and not fields_of(declared):
        bases = declared[".is"]
        return " & ".join(bases) if isinstance(bases, list) else str(bases)
    return "object" if ".const" not in declared else ""


def _is_tagged(declared: Any) -> bool:
    return isinstance(declared, Mapping) and ".by" in declared


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
