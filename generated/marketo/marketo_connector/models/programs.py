"""Types of programs: Marketo."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Program(Model):
    """Program."""

    id: StrictInt
    name: str
    type: str | None = None
    channel: str | None = None
