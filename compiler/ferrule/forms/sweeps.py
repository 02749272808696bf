"""Lists that are fanned out or read in windows, and what becomes of their items."""

from typing import Annotated, Any

import msgspec

from ferrule.forms.fields import (
    ONE_OR_MORE,
    ConditionWord,
    DurationWord,
    Form,
    RequestPlaceWord,
    TemplateWord,
    TypeWord,
)
from ferrule.forms.shape import PLAIN_KEYS, split_plain
from ferrule.forms.values import Values


class Each(Form, frozen=True, kw_only=True):
    """Over what an action is fanned out. The keys of `parameters` are its own parameters.

    A value is a field of the items of another action (`tickets.list.id`), or `${list}`.
    """

    batch: Annotated[int, msgspec.Meta(ge=1)] | None = msgspec.field(name=".batch", default=None)
    parameters: dict[str, TemplateWord] = msgspec.field(name=PLAIN_KEYS)

    @classmethod
    def spread(cls, value: object) -> dict[str, Any]:
        """The plain keys move under one of their own."""
        return split_plain(value)


class Since(Form, frozen=True, kw_only=True):
    """How a list is read in windows of time, and goes on another day."""

    into: RequestPlaceWord
    until: RequestPlaceWord | None = None
    field: str | None = None
    as_: TypeWord | None = msgspec.field(name="as", default=None)
    start: TemplateWord | None = None
    step: DurationWord | None = None
    lookback: DurationWord | None = None


class Items(Form, frozen=True, kw_only=True):
    """What becomes of the items before they are read as their type; `$` is the item."""

    where: ConditionWord | None = None
    derive: Values = msgspec.field(default_factory=dict)
    rename: dict[str, str] = msgspec.field(default_factory=dict)
    drop: Annotated[list[str], ONE_OR_MORE] = msgspec.field(default_factory=list)
