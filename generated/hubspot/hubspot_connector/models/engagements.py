"""Types of engagements: HubSpot."""

from __future__ import annotations

from ferrule_runtime.models import EpochMillisDateTime, Model, StrictInt


class Engagement(Model):
    """Engagement."""

    engagement: EngagementEngagement


class EngagementEngagement(Model):
    """The part `engagement` of the model Engagement."""

    id: StrictInt
    type: str
    timestamp: EpochMillisDateTime | None = None
