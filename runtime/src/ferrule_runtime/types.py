"""Looks into declared types: what stands under their annotations and aliases."""

from __future__ import annotations

import typing
from typing import Any


def bare(kind: Any) -> Any:
    """The type without annotations and aliases."""
    while True:
        if typing.get_origin(kind) is typing.Annotated:
            kind = typing.get_args(kind)[0]
        elif type(kind).__name__ == "TypeAliasType":
            kind = kind.__value__
        else:
            return kind


def is_list(kind: Any) -> bool:
    """Whether a declared type is a list, so that nothing means an empty one."""
    kind = bare(kind)
    return kind is list or typing.get_origin(kind) is list


def is_model(kind: Any) -> bool:
    from ferrule_runtime.models import Model

    return isinstance(kind, type) and issubclass(kind, Model)


def fields_of(model: Any) -> dict[str, Any]:
    """The fields of a model by their Python names, their types complete."""
    # Until then the fields hold the names of types that stand further down in their module.
    model.model_rebuild()
    found: dict[str, Any] = model.model_fields
    return found


def annotation_of(field: Any) -> Any:
    """The type of a field with what was annotated on it."""
    if not field.metadata:
        return field.annotation
    return typing.Annotated[(field.annotation, *field.metadata)]
