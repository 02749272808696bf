"""Types of orders_items: Amazon Selling Partner API."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model, StrictInt


class Item(Model):
    """Item."""

    asin: str = Field(alias="ASIN")
    order_item_id: str = Field(alias="OrderItemId")
    quantity_ordered: StrictInt = Field(alias="QuantityOrdered")
    seller_sku: str | None = Field(default=None, alias="SellerSKU")
