"""Types of feeds: Acme (beta)."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model, StrictInt


class Row(Model):
    """Row."""

    id: StrictInt
    when: DateTime
