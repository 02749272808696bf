"""Types of auth: Slack."""

from __future__ import annotations

from ferrule_runtime.models import Model


class Identity(Model):
    """Identity."""

    url: str
    team: str
    user: str
    team_id: str
    user_id: str
    bot_id: str | None = None
