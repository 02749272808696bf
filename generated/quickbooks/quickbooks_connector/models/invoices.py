"""Types of invoices: QuickBooks Online."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model


class Deleted(Model):
    """Deleted."""

    id: str = Field(alias="Id")
    status: str
