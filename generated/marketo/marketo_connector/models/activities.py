"""Types of activities: Marketo."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class ActivityType(Model):
    """Activity type."""

    id: StrictInt
    name: str
    description: str | None = None
