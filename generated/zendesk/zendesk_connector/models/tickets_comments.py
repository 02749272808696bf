"""Types of tickets_comments: Zendesk Support."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model, StrictBool, StrictInt


class Comment(Model):
    """Comment."""

    id: StrictInt
    body: str
    public: StrictBool
    author_id: StrictInt | None = None
    created_at: DateTime
