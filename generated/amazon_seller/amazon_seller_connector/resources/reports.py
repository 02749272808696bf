"""Actions on reports."""

from __future__ import annotations

from collections.abc import Sequence

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
from ferrule_runtime.jobs import Job
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.streams import Download
from ferrule_runtime.twins import as_async_download, as_async_job, as_raw, as_raw_async

from ..models.reports import Report

CREATE = Operation[Report](
    "reports.create",
    "GET",
    template("/reports/2021-06-30/reports/", ref("let", "report_id")),
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
DOWNLOAD = Operation[bytes](
    "reports.download",
    "GET",
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


class RawReports(Resource):
    """reports, with whole answers."""

    download = as_raw(Reports.download)


class AsyncReports(AsyncResource):
    """Actions on reports."""

    create = as_async_job(Reports.create)
    download = as_async_download(Reports.download)

    @property
    def with_raw_response(self) -> AsyncRawReports:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawReports(self._as_raw())


class AsyncRawReports(AsyncResource):
    """reports, with whole answers."""

    download = as_raw_async(AsyncReports.download)
