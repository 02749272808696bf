"""Types of charges: Stripe."""

from __future__ import annotations

from typing import Literal

from ferrule_runtime.models import EpochDateTime, Model, StrictInt

from .shared import Customer


class Charge(Model):
    """Charge."""

    id: str
    amount: StrictInt
    currency: str
    status: Literal["succeeded", "pending", "failed"] | str
    customer: str | Customer | None = None
    created: EpochDateTime
