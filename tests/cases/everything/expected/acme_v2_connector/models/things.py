"""Types of things: Acme (beta)."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.models import ClosedModel, EpochDateTime, Model, StrictInt
from typing_extensions import NotRequired, TypedDict

from .shared import Base


class RangeInput(TypedDict):
    """Range."""

    gte: NotRequired[EpochDateTime]
    lt: NotRequired[EpochDateTime]


class Closed(Base, ClosedModel):
    """Closed."""

    note: str


class Open(Model):
    """Open."""

    id: StrictInt


class Job(Model):
    """Job."""

    id: str
    state: Literal["running", "done"] | str


class Report(Model):
    """Report."""

    rows: list[Open]
    closed: Closed


class ThingsCreateOwnerInput(TypedDict):
    """The part `owner` of things.create."""

    email: str
    nick: NotRequired[str]
    """Matches [a-z]+."""
    since: NotRequired[EpochDateTime]
