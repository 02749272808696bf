"""Actions on leads."""

from __future__ import annotations

from builtins import list as _list
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TYPE_CHECKING

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
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.leads import Lead, Saved

if TYPE_CHECKING:
    from .leads_exports import AsyncLeadsExports, LeadsExports

LIST = Operation[list[Lead]](
    "leads.list",
    "POST",
    "/rest/v1/leads.json",
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
SAVE = Operation[list[Saved]](
    "leads.save",
    "POST",
    "/rest/v1/leads.json",
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

    exports: Lazy[LeadsExports] = Lazy(".leads_exports", "LeadsExports")

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


class RawLeads(Resource):
    """leads, with whole answers."""

    list = as_raw_page(Leads.list)
    save = as_raw(Leads.save)


class AsyncLeads(AsyncResource):
    """Actions on leads."""

    exports: Lazy[AsyncLeadsExports] = Lazy(".leads_exports", "AsyncLeadsExports")

    list = as_async_pager(Leads.list)
    save = as_async(Leads.save)

    @property
    def with_raw_response(self) -> AsyncRawLeads:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawLeads(self._as_raw())


class AsyncRawLeads(AsyncResource):
    """leads, with whole answers."""

    list = as_raw_page(AsyncLeads.list)
    save = as_raw_async(AsyncLeads.save)
