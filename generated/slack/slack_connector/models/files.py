"""Types of files: Slack."""

from __future__ import annotations

from ferrule_runtime.models import Model


class Upload(Model):
    """Upload."""

    id: str
    title: str | None = None
    name: str | None = None
