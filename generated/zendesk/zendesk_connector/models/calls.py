"""Types of calls: Zendesk Support."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model, StrictInt


class Call(Model):
    """Call."""

    id: StrictInt
    duration: StrictInt | None = None
    updated_at: DateTime | None = None
