"""Actions on reports."""

from __future__ import annotations

from collections.abc import Sequence

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import (
    JobPlan,
    NoAuth,
    Operation,
    Step,
    body,
    equal,
    in_,
    ref,
    template,
    wait,
)
from ferrule_runtime.jobs import AsyncJob, Job
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.streams import AsyncDownload, Download

from ..models.reports import Report

CREATE: Operation[Report] = Operation(
    "reports.create",
    "GET",
    template("/reports/2021-06-30/reports/", ref("let", "report_id")),
    returns=Report,
    limits=("reports",),
    job=JobPlan(
        Step(
            Operation(
                "reports.create",
                "POST",
                "/reports/2021-06-30/reports",
                limits=("reports",),
                body={
                    "reportType": template(ref("input", "report_type")),
                    "marketplaceIds": template(ref("input", "marketplace_ids")),
                },
            ),
            {"report_id": body("reportId")},
        ),
        Step(
            Operation(
                "reports.create",
                "GET",
                template("/reports/2021-06-30/reports/", ref("let", "report_id")),
                limits=("reports",),
            )
        ),
        done=equal(body("processingStatus"), "DONE"),
        failed=in_(body("processingStatus"), "CANCELLED", "FATAL"),
        every=(wait(30.0, "seconds"),),
        cancel=Operation(
            "reports.create",
            "DELETE",
            template("/reports/2021-06-30/reports/", ref("let", "report_id")),
            limits=("reports",),
        ),
    ),
)
DOWNLOAD: Operation[bytes] = Operation(
    "reports.download",
    "GET",
    returns=bytes,
    packing="gzip",
    stream="bytes",
    limits=("reports",),
    auth=NoAuth(),
    url=template(ref("let", "url")),
    before=(
        Step(
            Operation(
                "reports.download",
                "GET",
                template("/reports/2021-06-30/documents/", ref("input", "document_id")),
                limits=("reports",),
            ),
            {"url": body("url")},
        ),
    ),
)


class Reports(Resource):
    """Actions on reports."""

    def create(
        self,
        *,
        report_type: str,
        marketplace_ids: Sequence[str],
        checkpoint: str | Omit = omit,
    ) -> Job[Report]:
        """Have a report made; gives the id of its document when it is done. POST /reports/2021-06-30/reports, GET /reports/2021-06-30/reports/${report_id}, DELETE /reports/2021-06-30/reports/${report_id}."""
        return self._job(
            CREATE,
            input={"report_type": report_type, "marketplace_ids": marketplace_ids},
            checkpoint=checkpoint,
        )

    def download(self, *, document_id: str) -> Download:
        """Download the document of a report, unpacked. GET /reports/2021-06-30/documents/${document_id}, GET ${url}."""
        return self._download(DOWNLOAD, input={"document_id": document_id})

    @property
    def with_raw_response(self) -> RawReports:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawReports(self._as_raw())


class RawReports:
    """reports, with whole answers."""

    def __init__(self, raw: Reports) -> None:
        self.download = as_raw(raw.download)


class AsyncReports(AsyncResource):
    """Actions on reports."""

    async def create(
        self,
        *,
        report_type: str,
        marketplace_ids: Sequence[str],
        checkpoint: str | Omit = omit,
    ) -> AsyncJob[Report]:
        """Have a report made; gives the id of its document when it is done. POST /reports/2021-06-30/reports, GET /reports/2021-06-30/reports/${report_id}, DELETE /reports/2021-06-30/reports/${report_id}."""
        return await self._job(
            CREATE,
            input={"report_type": report_type, "marketplace_ids": marketplace_ids},
            checkpoint=checkpoint,
        )

    async def download(self, *, document_id: str) -> AsyncDownload:
        """Download the document of a report, unpacked. GET /reports/2021-06-30/documents/${document_id}, GET ${url}."""
        return await self._download(DOWNLOAD, input={"document_id": document_id})

    @property
    def with_raw_response(self) -> AsyncRawReports:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawReports(self._as_raw())


class AsyncRawReports:
    """reports, with whole answers."""

    def __init__(self, raw: AsyncReports) -> None:
        self.download = as_raw_async(raw.download)
