"""Actions on reports."""

from __future__ import annotations

from ferrule_runtime.contract import (
    JobPlan,
    Operation,
    Step,
    body,
    equal,
    header,
    in_,
    ref,
    template,
    wait,
)
from ferrule_runtime.jobs import Job
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_job

from ..models.shared import Row

RUN = Operation[list[Row]](
    "reports.run",
    "GET",
    template("/jobs/", ref("let", "job_id"), "/rows"),
    at=body("rows"),
    job=JobPlan(
        Step(
            Operation(
                "reports.run",
                "POST",
                "/jobs",
                body={
                    "query": template(ref("input", "query")),
                    "size": template(ref("input", "size")),
                },
                idempotency_key="Idempotency-Key",
            ),
            {"job_id": body("id")},
        ),
        Step(Operation("reports.run", "GET", template("/jobs/", ref("let", "job_id")))),
        done=equal(body("state"), "done"),
        failed=in_(body("state"), "failed", "stopped"),
        progress=body("percent"),
        message=(body("reason"),),
        every=(wait(header("Retry-After"), "seconds"), wait(30.0, "seconds")),
        cancel=Operation(
            "reports.run", "DELETE", template("/jobs/", ref("let", "job_id"))
        ),
        has_result=True,
        timeout_seconds=7200.0,
    ),
)


class Reports(Resource):
    """Actions on reports."""

    def run(
        self, *, query: str, size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Job[list[Row]]:
        """Run a report: POST /jobs, GET /jobs/${job_id}, GET /jobs/${job_id}/rows, DELETE /jobs/${job_id}."""
        return self._job(
            RUN, input={"query": query, "size": size}, checkpoint=checkpoint
        )


class AsyncReports(AsyncResource):
    """Actions on reports."""

    run = as_async_job(Reports.run)
