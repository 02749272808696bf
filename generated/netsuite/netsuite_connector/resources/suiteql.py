"""Actions on suiteql."""

from __future__ import annotations

from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw_page
from ferrule_runtime.contract import Operation, Paging, body, body_query, truthy
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

RUN: Operation[list[dict[str, Any]]] = Operation(
    "suiteql.run",
    "POST",
    "/query/v1/suiteql",
    returns=list[dict[str, Any]],
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


class RawSuiteql:
    """suiteql, with whole answers."""

    def __init__(self, raw: Suiteql) -> None:
        self.run = as_raw_page(raw.run)


class AsyncSuiteql(AsyncResource):
    """Actions on suiteql."""

    def run(
        self, *, q: str, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncPager[dict[str, Any]]:
        """Run a SuiteQL query, every page of it. POST /query/v1/suiteql."""
        return self._pages(
            RUN, body={"q": q}, page_size=page_size, checkpoint=checkpoint
        )

    @property
    def with_raw_response(self) -> AsyncRawSuiteql:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawSuiteql(self._as_raw())


class AsyncRawSuiteql:
    """suiteql, with whole answers."""

    def __init__(self, raw: AsyncSuiteql) -> None:
        self.run = as_raw_page(raw.run)
