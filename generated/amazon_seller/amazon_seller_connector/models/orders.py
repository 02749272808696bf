"""Types of orders: Amazon Selling Partner API."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model


class Order(Model):
    """Order."""

    amazon_order_id: str = Field(alias="AmazonOrderId")
    order_status: str = Field(alias="OrderStatus")
    purchase_date: DateTime = Field(alias="PurchaseDate")
    last_update_date: DateTime | None = Field(default=None, alias="LastUpdateDate")


class Address(Model):
    """Address."""

    name: str | None = Field(default=None, alias="Name")
    address_line1: str | None = Field(default=None, alias="AddressLine1")
    city: str | None = Field(default=None, alias="City")
    postal_code: str | None = Field(default=None, alias="PostalCode")
    country_code: str | None = Field(default=None, alias="CountryCode")
