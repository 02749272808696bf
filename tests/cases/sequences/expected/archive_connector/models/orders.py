"""Types of orders: archive."""

from __future__ import annotations

from ferrule_runtime.models import EpochDateTime, Model, StrictInt


class Order(Model):
    """Order."""

    id: StrictInt
    updated_at: EpochDateTime
