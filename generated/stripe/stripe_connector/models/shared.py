"""Types that several resources share: Stripe."""

from __future__ import annotations

from ferrule_runtime.models import EpochDateTime, Model, StrictBool
from typing_extensions import NotRequired, TypedDict


class TimeRangeInput(TypedDict):
    """Time range."""

    gt: NotRequired[EpochDateTime]
    gte: NotRequired[EpochDateTime]
    lt: NotRequired[EpochDateTime]
    lte: NotRequired[EpochDateTime]


class Customer(Model):
    """Customer."""

    id: str
    email: str | None = None
    name: str | None = None
    description: str | None = None
    created: EpochDateTime
    livemode: StrictBool
    metadata: dict[str, str] | None = None
