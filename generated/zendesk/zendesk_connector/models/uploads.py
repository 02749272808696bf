"""Types of uploads: Zendesk Support."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model


class Upload(Model):
    """Upload."""

    token: str
    expires_at: DateTime | None = None
