"""Types of chat: Slack."""

from __future__ import annotations

from ferrule_runtime.models import Model

from .shared import Message


class Posted(Model):
    """Posted."""

    channel: str
    ts: str
    message: Message
