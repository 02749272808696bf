"""Types of collections: Kinto."""

from __future__ import annotations

from ferrule_runtime.models import EpochMillisDateTime, Model


class Collection(Model):
    """Collection."""

    id: str
    last_modified: EpochMillisDateTime
