"""Types of marketplaces: Amazon Selling Partner API."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model


class Participation(Model):
    """Participation."""

    marketplace: ParticipationMarketplace


class ParticipationMarketplace(Model):
    """The part `marketplace` of the model Participation."""

    id: str
    name: str
    country_code: str = Field(alias="countryCode")
