"""Types of files: Stripe."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class File(Model):
    """File."""

    id: str
    purpose: str
    size: StrictInt
    filename: str | None
