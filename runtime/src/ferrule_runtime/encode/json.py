"""Callers' values as JSON: what was left out is left out at any depth, nothing given is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ferrule_runtime.encode.scalars import finite, scalar_json
from ferrule_runtime.omit import omit

if TYPE_CHECKING:
    from collections.abc import Mapping

# Deeper than this no service reads JSON; a value that holds itself ends here too.
DEEPEST: Final = 200


def json_bytes(value: Any, formats: Mapping[str, Any] | None = None) -> bytes:
    """UTF-8 JSON. Raises ValueError (NaN, a naive datetime, too deep) and TypeError, no values."""
    from pydantic_core import to_json

    return to_json(json_value(value, formats))


def json_value(value: Any, formats: Mapping[str, Any] | str | None = None, depth: int = 0) -> Any:
    """Plain dicts, lists, texts, numbers, booleans and None of a caller's value.

    `formats` is a tree along the field names, a format's name at its leaves (see `format_tree`);
    lists are passed through.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value if not isinstance(formats, str) else scalar_json(value, formats)
    if depth > DEEPEST:
        raise ValueError(f"a body may be nested {DEEPEST} deep, and must not hold itself")
    if kind is dict:
        return _fields(value, formats, depth)
    if kind is list or kind is tuple:
        return [json_value(item, formats, depth + 1) for item in value if item is not omit]
    if kind is float and not isinstance(formats, str):
        return finite(value)
    return _other(value, formats, depth)


def _fields(value: Mapping[Any, Any], formats: Any, depth: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    below = formats if type(formats) is dict else None
    for name, inner in value.items():
        if inner is omit:
            continue
        key = name if type(name) is str else _field_name(name)
        fields[key] = json_value(inner, None if below is None else below.get(key), depth + 1)
    return fields


def _field_name(name: Any) -> str:
    from ferrule_runtime.encode.scalars import scalar_text

    if name is None:
        raise TypeError("a field's name must be text")
    return scalar_text(name)


def _other(value: Any, formats: Any, depth: int) -> Any:
    """Models, mappings, sets and other sequences; else a scalar."""
    dump = getattr(type(value), "model_dump", None)
    if dump is not None:
        # Only what the caller has set: a model that was read is sent back without invented nulls.
        fields = dump(value, mode="json", by_alias=True, exclude_unset=True)
        return json_value(fields, formats, depth + 1)
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    if isinstance(value, Mapping):
        return _fields(value, formats, depth)
    if isinstance(value, (Sequence, AbstractSet)) and not isinstance(
        value, (str, bytes, bytearray, memoryview)
    ):
        return [json_value(item, formats, depth + 1) for item in value if item is not omit]
    return scalar_json(value, formats if isinstance(formats, str) else None)


def format_tree(formats: Mapping[str, Any]) -> dict[str, Any]:
    """`{"start": "epoch", "comment.at": "rfc2822"}` as a tree along the field names.

    A name with dots or brackets in it stands as `["odd.name"]`.
    """
    tree: dict[str, Any] = {}
    for path, form in formats.items():
        *way, name = split_path(path)
        node = tree
        for step in way:
            node = node.setdefault(step, {})
        node[name] = form
    return tree


def split_path(path: str) -> list[str]:
    """`a.b["odd.name"].c` as its names."""
    names: list[str] = []
    at = 0
    while at < len(path):
        if path.startswith('["', at):
            closing = path.find('"]', at + 2)
            if closing > 0:
                names.append(path[at + 2 : closing])
                at = closing + 2
                continue
        if path[at] == ".":
            at += 1
        ends = [found for found in (path.find(".", at), path.find('["', at)) if found >= 0]
        end = min(ends, default=len(path))
        names.append(path[at:end])
        at = end
    return names
