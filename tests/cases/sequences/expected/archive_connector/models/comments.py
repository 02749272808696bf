"""Types of comments: archive."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Comment(Model):
    """Comment."""

    id: StrictInt
    ticket: StrictInt
    email: str
