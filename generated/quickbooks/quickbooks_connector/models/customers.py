"""Types of customers: QuickBooks Online."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model
from typing_extensions import TypedDict


class Email(Model):
    """Email."""

    address: str = Field(alias="Address")


class EmailInput(TypedDict):
    """Email."""

    Address: str


class Customer(Model):
    """Customer."""

    id: str = Field(alias="Id")
    sync_token: str = Field(alias="SyncToken")
    display_name: str = Field(alias="DisplayName")
    primary_email_addr: Email | None = Field(default=None, alias="PrimaryEmailAddr")
