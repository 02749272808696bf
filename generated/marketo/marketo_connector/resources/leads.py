"""Actions on leads."""

from __future__ import annotations

from builtins import list as _list
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, TYPE_CHECKING

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import (
    Errors,
    Operation,
    Paging,
    Partial,
    body,
    equal,
    truthy,
)
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.leads import Lead, Saved

if TYPE_CHECKING:
    from .leads_exports import AsyncLeadsExports, LeadsExports

LIST: Operation[list[Lead]] = Operation(
    "leads.list",
    "POST",
    "/rest/v1/leads.json",
    returns=list[Lead],
    at=body("result"),
    query={"_method": "GET"},
    arrays="csv",
    send="form",
    paging=Paging(
        cursor=body("nextPageToken"),
        into=(("body", "nextPageToken"),),
        size=("body", "batchSize"),
        default_size=300,
        max_size=300,
        more=truthy(body("moreResult")),
    ),
    replay="safe",
)
SAVE: Operation[list[Saved]] = Operation(
    "leads.save",
    "POST",
    "/rest/v1/leads.json",
    returns=list[Saved],
    at=body("result"),
    errors=Errors(
        partial=Partial(
            equal(body("status"), "skipped"),
            code=(body("reasons", 0, "code"),),
            message=(body("reasons", 0, "message"),),
        )
    ),
)


class Leads(Resource):
    """Actions on leads."""

    @cached_property
    def exports(self) -> LeadsExports:
        """Actions on leads.exports."""
        from .leads_exports import LeadsExports

        return LeadsExports(self._client)

    def list(
        self,
        *,
        filter_type: str,
        filter_values: Sequence[str],
        fields: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Lead]:
        """Find leads by the values of a field. POST /rest/v1/leads.json.

        The values travel in the body, because a request line of more than 8 KB is refused.

        Args:
            filter_type: The field to look at, such as `email` or `id`.
        """
        return self._pages(
            LIST,
            body={
                "filterType": filter_type,
                "filterValues": filter_values,
                "fields": fields,
            },
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def save(
        self,
        *,
        input_: Sequence[Mapping[str, Any]],
        action: (
            Literal["createOnly", "updateOnly", "createOrUpdate", "createDuplicate"]
            | str
            | Omit
        ) = omit,
        lookup_field: str | Omit = omit,
    ) -> _list[Saved]:
        """Create or update leads; each may fail by itself. POST /rest/v1/leads.json."""
        return self._run(
            SAVE, body={"action": action, "lookupField": lookup_field, "input": input_}
        )

    @property
    def with_raw_response(self) -> RawLeads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawLeads(self._as_raw())


class RawLeads:
    """leads, with whole answers."""

    def __init__(self, raw: Leads) -> None:
        self.list = as_raw_page(raw.list)
        self.save = as_raw(raw.save)


class AsyncLeads(AsyncResource):
    """Actions on leads."""

    @cached_property
    def exports(self) -> AsyncLeadsExports:
        """Actions on leads.exports."""
        from .leads_exports import AsyncLeadsExports

        return AsyncLeadsExports(self._client)

    def list(
        self,
        *,
        filter_type: str,
        filter_values: Sequence[str],
        fields: Sequence[str] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Lead]:
        """Find leads by the values of a field. POST /rest/v1/leads.json.

        The values travel in the body, because a request line of more than 8 KB is refused.

        Args:
            filter_type: The field to look at, such as `email` or `id`.
        """
        return self._pages(
            LIST,
            body={
                "filterType": filter_type,
                "filterValues": filter_values,
                "fields": fields,
            },
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def save(
        self,
        *,
        input_: Sequence[Mapping[str, Any]],
        action: (
            Literal["createOnly", "updateOnly", "createOrUpdate", "createDuplicate"]
            | str
            | Omit
        ) = omit,
        lookup_field: str | Omit = omit,
    ) -> _list[Saved]:
        """Create or update leads; each may fail by itself. POST /rest/v1/leads.json."""
        return await self._run(
            SAVE, body={"action": action, "lookupField": lookup_field, "input": input_}
        )

    @property
    def with_raw_response(self) -> AsyncRawLeads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLeads(self._as_raw())


class AsyncRawLeads:
    """leads, with whole answers."""

    def __init__(self, raw: AsyncLeads) -> None:
        self.list = as_raw_page(raw.list)
        self.save = as_raw_async(raw.save)
