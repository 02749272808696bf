"""Lists that are fanned out or read in windows, and what becomes of their items."""

from typing import Annotated

from pydantic import Field, model_validator

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


class Each(Form):
    """Over what an action is fanned out. The keys of `parameters` are its own parameters.

    A value is a field of the items of another action (`tickets.list.id`), or `${list}`.
    """

    batch: Annotated[int | None, Field(alias=".batch", ge=1)] = None
    parameters: Annotated[dict[str, TemplateWord], Field(alias=PLAIN_KEYS)]

    @model_validator(mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        return split_plain(value)


class Since(Form):
    """How a list is read in windows of time, and goes on another day."""

    into: RequestPlaceWord
    until: RequestPlaceWord | None = None
    field: str | None = None
    as_: Annotated[TypeWord | None, Field(alias="as")] = None
    start: TemplateWord | None = None
    step: DurationWord | None = None
    lookback: DurationWord | None = None


class Items(Form):
    """What becomes of the items before they are read as their type; `$` is the item."""

    where: ConditionWord | None = None
    derive: Values = Field(default_factory=dict)
    rename: dict[str, str] = Field(default_factory=dict)
    drop: Annotated[list[str], ONE_OR_MORE] = Field(default_factory=list)
