"""Types of account: Stripe."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictBool


class Account(Model):
    """Account."""

    id: str
    country: str | None = None
    default_currency: str | None = None
    charges_enabled: StrictBool | None = None
