"""What surrounds a result, as part of one schema: a body is read once, straight from its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import TypeAdapter
    from pydantic_core import CoreSchema, SchemaValidator

    from ferrule_runtime.reading import Path


def is_plain(path: Path) -> bool:
    """Whether a way has field names only, which an envelope can spell out."""
    return all(type(step) is str for step in path)


def can_hold(at: Path, facts: Iterable[Path]) -> bool:
    """Whether one schema can read the result and the facts: no way lies on the other one."""
    if not is_plain(at):
        return False
    return not any(
        fact[: len(at)] == at or _names(fact) == at[: len(_names(fact))] for fact in facts
    )


def _names(path: Path) -> Path:
    """The field names that a way begins with."""
    for count, step in enumerate(path):
        if type(step) is not str:
            return path[:count]
    return path


def build_validator(
    adapter: TypeAdapter[Any], at: Path, facts: Iterable[Path], *, is_list: bool
) -> SchemaValidator:
    """A validator of the whole body; gives dicts along the ways, and what stands at their ends.

    The result may be missing or null anywhere along its way: what that means is not the schema's
    to say. What the facts need is kept as it came, from where their way leaves the result's.
    """
    from pydantic_core import CoreConfig, SchemaValidator
    from pydantic_core import core_schema as cs

    inner: Any = adapter.core_schema
    definitions: list[CoreSchema] = []
    if inner["type"] == "definitions":
        definitions, inner = inner["definitions"], inner["schema"]
    schema: Any = cs.nullable_schema(inner) if at or is_list else inner
    for depth in range(len(at), 0, -1):
        here = at[: depth - 1]
        fields = {str(at[depth - 1]): cs.typed_dict_field(schema, required=False)}
        for fact in facts:
            if (
                len(fact) >= depth
                and fact[: depth - 1] == here
                and fact[depth - 1] != at[depth - 1]
            ):
                fields[str(fact[depth - 1])] = cs.typed_dict_field(cs.any_schema(), required=False)
        schema = cs.nullable_schema(cs.typed_dict_schema(fields, extra_behavior="ignore"))
    if definitions:
        schema = cs.definitions_schema(schema, definitions)
    # The outer configuration decides; a model's own does not.
    return SchemaValidator(schema, CoreConfig(hide_input_in_errors=True))


def holds(schema: Any, kind: str) -> bool:
    """Whether a schema has one of this kind somewhere: `any` takes NaN, `decimal` all digits."""
    if isinstance(schema, dict):
        return schema.get("type") == kind or any(holds(each, kind) for each in schema.values())
    return isinstance(schema, (list, tuple)) and any(holds(each, kind) for each in schema)
