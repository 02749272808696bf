"""Types of reports: Amazon Selling Partner API."""

from __future__ import annotations

from ferrule_runtime.models import Field, Model


class Report(Model):
    """Report."""

    report_id: str = Field(alias="reportId")
    processing_status: str = Field(alias="processingStatus")
    report_document_id: str | None = Field(default=None, alias="reportDocumentId")
