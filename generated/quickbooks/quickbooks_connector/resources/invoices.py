"""Actions on invoices."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.invoices import Deleted

DELETE = Operation[Deleted](
    "invoices.delete",
    "POST",
    "/invoice",
    at=body("Invoice"),
    query={"operation": "delete"},
)


class Invoices(Resource):
    """Actions on invoices."""

    def delete(self, *, id_: str, sync_token: str) -> Deleted:
        """Delete an invoice. POST /invoice."""
        return self._run(DELETE, body={"Id": id_, "SyncToken": sync_token})

    @property
    def with_raw_response(self) -> RawInvoices:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawInvoices(self._as_raw())


class RawInvoices(Resource):
    """invoices, with whole answers."""

    delete = as_raw(Invoices.delete)


class AsyncInvoices(AsyncResource):
    """Actions on invoices."""

    delete = as_async(Invoices.delete)

    @property
    def with_raw_response(self) -> AsyncRawInvoices:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawInvoices(self._as_raw())


class AsyncRawInvoices(AsyncResource):
    """invoices, with whole answers."""

    delete = as_raw_async(AsyncInvoices.delete)
