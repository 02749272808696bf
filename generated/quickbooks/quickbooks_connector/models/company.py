"""Types of company: QuickBooks Online."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model


class Company(Model):
    """Company."""

    id: str = Field(alias="Id")
    company_name: str = Field(alias="CompanyName")
    country: str | None = Field(default=None, alias="Country")
