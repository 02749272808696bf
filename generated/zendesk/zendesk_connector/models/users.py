"""Types of users: Zendesk Support."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class User(Model):
    """User."""

    id: StrictInt | None
    name: str
    email: str | None = None
    role: str | None = None
