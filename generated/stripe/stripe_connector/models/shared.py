"""Types that several resources share: Stripe."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.models import EpochDateTime, Model, StrictBool, StrictInt
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


class Charge(Model):
    """Charge."""

    id: str
    amount: StrictInt
    currency: str
    status: Literal["succeeded", "pending", "failed"] | str
    customer: str | Customer | None = None
    created: EpochDateTime
