"""Types of orders: Shopify Admin."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model


class Order(Model):
    """Order."""

    id: str
    name: str
    created_at: DateTime = Field(alias="createdAt")
