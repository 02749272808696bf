"""Types of customers: NetSuite."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model
from typing_extensions import TypedDict


class Link(Model):
    """Link."""

    rel: str
    href: str


class Reference(Model):
    """Reference."""

    id: str
    links: list[Link] | None = None


class Customer(Model):
    """Customer."""

    id: str
    company_name: str | None = Field(default=None, alias="companyName")
    email: str | None = None
    date_created: DateTime | None = Field(default=None, alias="dateCreated")


class CustomersCreateSubsidiaryInput(TypedDict):
    """The part `subsidiary` of customers.create."""

    id: str
