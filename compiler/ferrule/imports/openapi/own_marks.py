"""Reads what an exported connector says of single fields: their names in Python, blanks as null."""

from __future__ import annotations

from ferrule import naming
from ferrule.imports.openapi.nodes import Node
from ferrule.imports.openapi.types import Field

_PYTHON_NAME = "x-ferrule-py"
_BLANK_IS_NULL = "x-ferrule-blank-is-null"


def take_marks(field: Field, schema: Node | None) -> None:
    """Give a field or parameter what its author once said of it."""
    if schema is None or not schema.is_map:
        return
    name = schema.text(_PYTHON_NAME) if schema.has(_PYTHON_NAME) else None
    is_one = name is not None and naming.is_name(name) and not name.startswith("_")
    field.python_name = name if is_one and name not in ("self", "cls") else None
    field.blank_is_null = schema.has(_BLANK_IS_NULL) and schema.flag(_BLANK_IS_NULL)
