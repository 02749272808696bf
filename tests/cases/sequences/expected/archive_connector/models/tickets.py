"""Types of tickets: archive."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Ticket(Model):
    """Ticket."""

    id: StrictInt
    title: str
