"""Types of leads_exports: Marketo."""

from __future__ import annotations

from ferrule_runtime.models import DateTime, Field, Model, StrictInt


class Export(Model):
    """Export."""

    export_id: str = Field(alias="exportId")
    status: str
    created_at: DateTime | None = Field(default=None, alias="createdAt")
    number_of_records: StrictInt | None = Field(default=None, alias="numberOfRecords")
