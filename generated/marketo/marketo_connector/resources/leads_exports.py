"""Actions on leads.exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ferrule_runtime.contract import (
    JobPlan,
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
from ferrule_runtime.streams import Stream
from ferrule_runtime.twins import (
    as_async,
    as_async_job,
    as_async_stream,
    as_raw,
    as_raw_async,
)

from ..models.leads_exports import Export

CREATE = Operation[Export](
    "leads.exports.create",
    "POST",
    "/bulk/v1/leads/export/create.json",
    at=body("result", 0),
)
RUN = Operation[Export](
    "leads.exports.run",
    "GET",
    template("/bulk/v1/leads/export/", ref("input", "export_id"), "/status.json"),
    at=body("result", 0),
    job=JobPlan(
        Step(
            Operation(
                "leads.exports.run",
                "POST",
                template(
                    "/bulk/v1/leads/export/", ref("input", "export_id"), "/enqueue.json"
                ),
            )
        ),
        Step(
            Operation(
                "leads.exports.run",
                "GET",
                template(
                    "/bulk/v1/leads/export/", ref("input", "export_id"), "/status.json"
                ),
            )
        ),
        done=equal(body("result", 0, "status"), "Completed"),
        failed=in_(body("result", 0, "status"), "Failed", "Cancelled"),
        message=(body("result", 0, "errorMsg"),),
        every=(wait(60.0, "seconds"),),
        cancel=Operation(
            "leads.exports.run",
            "POST",
            template(
                "/bulk/v1/leads/export/", ref("input", "export_id"), "/cancel.json"
            ),
        ),
    ),
)
ROWS = Operation[dict[str, str]](
    "leads.exports.rows",
    "GET",
    "/bulk/v1/leads/export/{export_id}/file.json",
    stream="csv",
)


class LeadsExports(Resource):
    """Actions on leads.exports."""

    def create(
        self,
        *,
        fields: Sequence[str],
        filter_: Mapping[str, Any],
        format_: Literal["CSV", "TSV", "SSV"] | str | Omit = omit,
    ) -> Export:
        """Describe an export of leads. POST /bulk/v1/leads/export/create.json."""
        return self._run(
            CREATE, body={"fields": fields, "format": format_, "filter": filter_}
        )

    def run(self, *, export_id: str, checkpoint: str | Omit = omit) -> Job[Export]:
        """Run an export; it is over when its rows can be read. POST /bulk/v1/leads/export/${export_id}/enqueue.json, GET /bulk/v1/leads/export/${export_id}/status.json, POST /bulk/v1/leads/export/${export_id}/cancel.json.

        Two run at the same time and ten wait; one more is ExportsFull.
        """
        return self._job(RUN, input={"export_id": export_id}, checkpoint=checkpoint)

    def rows(self, *, export_id: str) -> Stream[dict[str, str]]:
        """Read the rows of an export that has run. GET /bulk/v1/leads/export/{export_id}/file.json."""
        return self._lines(ROWS, path=(export_id,))

    @property
    def with_raw_response(self) -> RawLeadsExports:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawLeadsExports(self._as_raw())


class RawLeadsExports(Resource):
    """leads.exports, with whole answers."""

    create = as_raw(LeadsExports.create)
    rows = as_raw(LeadsExports.rows)


class AsyncLeadsExports(AsyncResource):
    """Actions on leads.exports."""

    create = as_async(LeadsExports.create)
    run = as_async_job(LeadsExports.run)
    rows = as_async_stream(LeadsExports.rows)

    @property
    def with_raw_response(self) -> AsyncRawLeadsExports:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLeadsExports(self._as_raw())


class AsyncRawLeadsExports(AsyncResource):
    """leads.exports, with whole answers."""

    create = as_raw_async(AsyncLeadsExports.create)
    rows = as_raw_async(AsyncLeadsExports.rows)
