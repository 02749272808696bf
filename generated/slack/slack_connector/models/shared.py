"""Types that several resources share: Slack."""

from __future__ import annotations

from ferrule_runtime.models import Model


class Message(Model):
    """Message."""

    type: str
    ts: str
    user: str | None = None
    text: str | None = None
    thread_ts: str | None = None
