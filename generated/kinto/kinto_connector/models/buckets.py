"""Types of buckets: Kinto."""

from __future__ import annotations

from ferrule_runtime.models import EpochMillisDateTime, Model


class Bucket(Model):
    """Bucket."""

    id: str
    last_modified: EpochMillisDateTime
