"""Values for what a test does not say: the smallest that the declared types admit."""

from __future__ import annotations

import types
import typing
from typing import Any, Final

from ferrule_runtime.types import annotation_of, bare, fields_of, is_model

_CANDIDATES: Final[tuple[Any, ...]] = (
    None,
    "",
    0,
    False,
    0.0,
    [],
    {},
    "x",
    1,
    "1970-01-01T00:00:00Z",
    "1970-01-01",
    "00:00:00",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "00000000-0000-0000-0000-000000000000",
    "0",
    "true",
    "00",
    "user@example.com",
    "https://example.com/",
)


class NoSample(ValueError):
    """A type for which nothing can be made up: the test must say the value."""


def completed(kind: Any, value: Any) -> Any:
    """A value with the required fields of models that it leaves out, under their wire names.

    Models, dicts and lists are followed as far as the declared type names models. Raises NoSample.
    """
    kind = bare(kind)
    if is_model(kind):
        return _fields(kind, value) if isinstance(value, dict) else value
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is list and isinstance(value, (list, tuple)):
        return [completed(arguments[0], item) for item in value]
    if origin is dict and isinstance(value, dict):
        return {name: completed(arguments[1], inner) for name, inner in value.items()}
    if origin in (typing.Union, types.UnionType) and isinstance(value, (dict, list)):
        models = [each for each in map(bare, arguments) if _takes(each, value)]
        if len(models) == 1:
            return completed(models[0], value)
    return value


def _takes(kind: Any, value: Any) -> bool:
    return typing.get_origin(kind) is list if isinstance(value, list) else is_model(kind)


def _fields(model: Any, value: dict[str, Any]) -> dict[str, Any]:
    fields = dict(value)
    for name, field in fields_of(model).items():
        wire = field.alias or name
        if name in fields and name != wire:
            fields[wire] = fields.pop(name)
        annotation = annotation_of(field)
        if wire in fields:
            fields[wire] = completed(annotation, fields[wire])
        elif field.is_required():
            fields[wire] = sample(annotation, f"{model.__name__}.{name}")
    return fields


def sample(kind: Any, name: str = "") -> Any:
    """The smallest wire value that a type admits. Raises NoSample."""
    inner = bare(kind)
    if is_model(inner):
        return _fields(inner, {})
    if typing.get_origin(inner) is typing.Literal:
        return typing.get_args(inner)[0]
    from pydantic import ValidationError

    from ferrule_runtime.models import adapter

    reading = adapter(kind)
    for candidate in _CANDIDATES:
        try:
            reading.validate_python(candidate)
        except ValidationError:
            continue
        return candidate
    for member in typing.get_args(inner):
        try:
            found = sample(member, name)
            reading.validate_python(found)
        except (NoSample, ValidationError):
            continue
        return found
    raise NoSample(f"nothing can be made up for {name or kind}: say it")
