"""Types of conversations: Slack."""

from __future__ import annotations

from ferrule_runtime.models import EpochDateTime, Model, StrictBool, StrictInt


class Channel(Model):
    """Channel."""

    id: str
    name: str | None = None
    is_private: StrictBool | None = None
    is_archived: StrictBool | None = None
    num_members: StrictInt | None = None
    created: EpochDateTime | None = None
