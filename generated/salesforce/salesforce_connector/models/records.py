"""Types of records: Salesforce."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.models import Model, StrictBool


class Created(Model):
    """Created."""

    id: str
    success: StrictBool
    errors: list[Any]
