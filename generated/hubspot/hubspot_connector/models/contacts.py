"""Types of contacts: HubSpot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ferrule_runtime.models import DateTime, Field, Model, StrictBool
from typing_extensions import NotRequired, TypedDict


class Contact(Model):
    """Contact."""

    id: str
    properties: dict[str, str | None]
    created_at: DateTime | None = Field(default=None, alias="createdAt")
    updated_at: DateTime | None = Field(default=None, alias="updatedAt")
    archived: StrictBool | None = None


class FilterGroupInput(TypedDict):
    """Filter group."""

    filters: Sequence[FilterInput]


class FilterInput(TypedDict):
    """Filter."""

    propertyName: str
    operator: (
        Literal[
            "EQ",
            "NEQ",
            "LT",
            "LTE",
            "GT",
            "GTE",
            "IN",
            "HAS_PROPERTY",
            "CONTAINS_TOKEN",
        ]
        | str
    )
    value: NotRequired[str]
    values: NotRequired[Sequence[str]]
