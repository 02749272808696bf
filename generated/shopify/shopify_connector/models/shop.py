"""Types of shop: Shopify Admin."""

from __future__ import annotations

from ferrule_runtime.models import Model, StrictInt


class Shop(Model):
    """Shop."""

    id: StrictInt
    name: str
    domain: str | None = None
    plan_name: str | None = None
