"""The base of generated models, and the types of their fields: read strictly, written as they came.

Every type works three ways: from JSON, from Python values, and back to its wire form by
`model.model_dump(mode="json", by_alias=True, exclude_unset=True)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NoReturn
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    Tag,
    TypeAdapter,
)

from ferrule_runtime.fields import (
    Base64Bytes,
    Base64UrlBytes,
    BlankIsNull,
    BooleanText,
    Date,
    DateFormat,
    DateTime,
    DateTimeFormat,
    Duration,
    EpochDateTime,
    EpochMillisDateTime,
    HexBytes,
    IntegerText,
    IsoDuration,
    MillisDuration,
    NumberNan,
    NumberText,
    Rfc2822DateTime,
    StrictFloat,
    Time,
    TimeFormat,
)

__all__ = [
    "UUID",
    "Base64Bytes",
    "Base64UrlBytes",
    "BlankIsNull",
    "BooleanText",
    "ClosedModel",
    "Date",
    "DateFormat",
    "DateTime",
    "DateTimeFormat",
    "Decimal",
    "Duration",
    "EpochDateTime",
    "EpochMillisDateTime",
    "Field",
    "HexBytes",
    "IntegerText",
    "IsoDuration",
    "MillisDuration",
    "Model",
    "NumberNan",
    "NumberText",
    "Rfc2822DateTime",
    "StrictBool",
    "StrictFloat",
    "StrictInt",
    "Tag",
    "Time",
    "TimeFormat",
    "adapter",
    "by_tag",
]

_CONFIG: Final = ConfigDict(
    extra="allow",
    defer_build=True,
    validate_by_name=True,
    validate_by_alias=True,
    protected_namespaces=(),
    hide_input_in_errors=True,
)


class _DeprecatedField:
    """Warns whoever asks for a field; it takes precedence over what the object holds."""

    __slots__ = ("_message", "_name")

    def __init__(self, name: str, message: str) -> None:
        self._name = name
        self._message = message

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        if instance is None:
            raise AttributeError(self._name)
        import warnings

        warnings.warn(self._message, DeprecationWarning, stacklevel=2)
        return instance.__dict__[self._name]

    def __set__(self, instance: Any, value: Any) -> NoReturn:
        # The model's own `__setattr__` comes first.
        raise AttributeError(self._name)


class Model(BaseModel):
    """An object of a service. Fields that the spec does not know are kept in `model_extra`."""

    model_config = _CONFIG

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        """Deprecated fields warn on objects that were read, too.

        pydantic sees to that when it builds a model, which for one that is only read never happens.
        """
        super().__pydantic_init_subclass__(**given)
        for name, field in cls.__pydantic_fields__.items():
            if field.deprecation_message is not None:
                setattr(cls, name, _DeprecatedField(name, field.deprecation_message))


class ClosedModel(Model):
    """An object that has the declared fields and no others."""

    model_config = ConfigDict(extra="forbid")


def by_tag(name: str, tags: tuple[str, ...]) -> Discriminator:
    """Picks the member of a union by a field that stands on the wire as `name`.

    A value that is none of the tags picks the member tagged "".
    """
    known = frozenset(tags)

    def tag_of(value: Any) -> str:
        found = value.get(name) if isinstance(value, Mapping) else attribute_of(value, name)
        if type(found) is bool:
            found = "true" if found else "false"
        elif type(found) is int:
            found = str(found)
        return found if type(found) is str and found in known else ""

    return Discriminator(tag_of)


def attribute_of(value: Any, name: str) -> Any:
    """What a model holds for a wire name; None for what is no model."""
    fields = getattr(type(value), "model_fields", None)
    if fields is None:
        return None
    for attribute, field in fields.items():
        if (field.alias or attribute) == name:
            return value.__dict__.get(attribute)
    return (value.model_extra or {}).get(name)


def adapter(kind: Any) -> TypeAdapter[Any]:
    """The adapter of a type. Dear to build: whoever needs it again keeps it."""
    return TypeAdapter(kind)
