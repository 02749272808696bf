"""Actions on suiteql."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.contract import Operation, Paging, body, body_query, truthy
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

RUN = Operation[list[dict[str, Any]]](
    "suiteql.run",
    "POST",
    "/query/v1/suiteql",
    at=body("items"),
    headers={"Prefer": "transient"},
    paging=Paging(
        next_url=body_query('$.links[?@.rel == "next"].href'),
        size=("query", "limit"),
        default_size=1000,
        max_size=1000,
        more=truthy(body("hasMore")),
    ),
    replay="safe",
)


class Suiteql(Resource):
    """Actions on suiteql."""

    def run(
        self, *, q: str, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[dict[str, Any]]:
        """Run a SuiteQL query, every page of it. POST /query/v1/suiteql."""
        return self._pages(
            RUN, body={"q": q}, page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> RawSuiteql:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawSuiteql(self._as_raw())


class RawSuiteql(Resource):
    """suiteql, with whole answers."""

    run = as_raw_page(Suiteql.run)


class AsyncSuiteql(AsyncResource):
    """Actions on suiteql."""

    run = as_async_pager(Suiteql.run)

    @property
    def with_raw_response(self) -> AsyncRawSuiteql:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawSuiteql(self._as_raw())


class AsyncRawSuiteql(AsyncResource):
    """suiteql, with whole answers."""

    run = as_raw_page(AsyncSuiteql.run)
