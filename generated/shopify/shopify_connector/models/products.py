"""Types of products: Shopify Admin."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Model, StrictInt


class Product(Model):
    """Product."""

    id: StrictInt
    title: str
    status: str | None = None
    vendor: str | None = None
    tags: str | None = None
    created_at: DateTime | None = None
