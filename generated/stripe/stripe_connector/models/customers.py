"""Types of customers: Stripe."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictBool
from typing_extensions import NotRequired, TypedDict


class AddressInput(TypedDict):
    """Address."""

    line1: NotRequired[str]
    line2: NotRequired[str]
    city: NotRequired[str]
    postal_code: NotRequired[str]
    country: NotRequired[str]


class Deleted(Model):
    """Deleted."""

    id: str
    deleted: StrictBool
