"""Types of files: archive."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class File(Model):
    """File."""

    id: StrictInt
    name: str
