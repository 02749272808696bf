"""Types that several resources share: Acme (beta)."""

from __future__ import annotations

from builtins import list as _list, str as _str
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeAlias
from uuid import UUID

from ferrule_runtime.models import (
    Base64Bytes,
    BlankIsNull,
    Date as _Date,
    DateTime,
    Duration,
    EpochMillisDateTime,
    Field as _Field,
    Model,
    StrictFloat,
    StrictInt,
    Time,
)
from typing_extensions import NotRequired, TypeAliasType, TypedDict

State: TypeAlias = Literal["open", "closed"] | str
Level: TypeAlias = Literal[1, 2] | StrictInt


class LevelValue:
    """The values of Level by name."""

    LOW: Final = 1
    HIGH: Final = 2


Strict: TypeAlias = Literal["a", "b c"]


class User(Model):
    """User."""

    id: StrictInt
    name: str
    email: str | None


class UserInput(TypedDict):
    """User."""

    id: int
    name: str
    email: str | None


class Thing(Model):
    """A thing.

    With a longer text.
    """

    id: StrictInt
    name: _str
    kind: Literal["gadget"]
    state: State
    level: Level | None = None
    strict: Strict
    owner: User | None
    tags: _list[_str] | None
    attributes: dict[_str, StrictFloat] | None = None
    size: ThingSize
    parts: _list[Part]
    parent: Thing | None = None
    created: DateTime
    updated: EpochMillisDateTime | None = None
    due: _Date | None = None
    at: Time | None = None
    took: Duration | None = None
    code: UUID | None = None
    price: Decimal
    blob: Base64Bytes | None = None
    pair: tuple[StrictInt, _str]
    note: Annotated[_str | None, BlankIsNull()] = None
    old: _str | None = _Field(default=None, deprecated="use name")
    """Deprecated: use name"""
    page_size: StrictInt | None = _Field(default=None, alias="page[size]")
    class_: _str = _Field(alias="class")
    list: _list[StrictInt]
    str: _str
    json_: Any | None = _Field(default=None, alias="json")
    any: _str | StrictInt | User | None
    rank: StrictInt = 3


ThingInput = TypedDict(
    "ThingInput",
    {
        "name": "str",
        "kind": 'Literal["gadget"]',
        "state": "State",
        "level": "NotRequired[Level]",
        "strict": "Strict",
        "owner": "UserInput | None",
        "tags": "Sequence[str] | None",
        "attributes": "NotRequired[Mapping[str, float]]",
        "size": "ThingSizeInput",
        "parts": "Sequence[PartInput]",
        "parent": "NotRequired[ThingInput]",
        "created": "datetime",
        "updated": "NotRequired[EpochMillisDateTime]",
        "due": "NotRequired[date]",
        "at": "NotRequired[time]",
        "took": "NotRequired[timedelta]",
        "code": "NotRequired[UUID]",
        "price": "Decimal",
        "blob": "NotRequired[bytes]",
        "pair": "tuple[int, str]",
        "note": "NotRequired[str]",
        "old": "NotRequired[str]",
        "password": "NotRequired[str]",
        "page[size]": "NotRequired[int]",
        "class": "str",
        "list": "Sequence[int]",
        "str": "str",
        "json": "NotRequired[Any]",
        "any": "str | int | UserInput | None",
        "rank": "NotRequired[int]",
    },
)


class ThingSize(Model):
    """The part `size` of the model Thing."""

    width: StrictFloat
    height: StrictFloat | None = None


class ThingSizeInput(TypedDict):
    """The part `size` of the model Thing."""

    width: float
    height: NotRequired[float]


class Base(Model):
    """Base."""

    sku: str


class Part(Base):
    """Part."""

    count: StrictInt
    """1 to 25."""


class PartInput(TypedDict):
    """Part."""

    sku: str
    count: int
    """1 to 25."""


class Problem(Model):
    """Problem."""

    field: str
    text: str


Tree = TypeAliasType("Tree", "list[Tree] | str")


class Date(Model):
    """Date."""

    value: str


class Field(Model):
    """Field."""

    name: str
