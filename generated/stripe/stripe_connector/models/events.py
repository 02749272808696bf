"""Types of events: Stripe."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.models import EpochDateTime, Model


class Event(Model):
    """Event."""

    id: str
    type: str
    created: EpochDateTime
    data: EventData


class EventData(Model):
    """The part `data` of the model Event."""

    object: Any
