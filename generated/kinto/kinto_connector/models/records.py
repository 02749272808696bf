"""Types of records: Kinto."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Record(Model):
    """Record."""

    id: str
    last_modified: StrictInt
