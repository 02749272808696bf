"""Types of reports: archive."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Row(Model):
    """Row."""

    id: StrictInt
