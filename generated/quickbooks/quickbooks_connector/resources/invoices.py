"""Actions on invoices."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body

from ..models.invoices import Deleted

DELETE: Operation[Deleted] = Operation(
    "invoices.delete",
    "POST",
    "/invoice",
    returns=Deleted,
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


class RawInvoices:
    """invoices, with whole answers."""

    def __init__(self, raw: Invoices) -> None:
        self.delete = as_raw(raw.delete)


class AsyncInvoices(AsyncResource):
    """Actions on invoices."""

    async def delete(self, *, id_: str, sync_token: str) -> Deleted:
        """Delete an invoice. POST /invoice."""
        return await self._run(DELETE, body={"Id": id_, "SyncToken": sync_token})

    @property
    def with_raw_response(self) -> AsyncRawInvoices:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawInvoices(self._as_raw())


class AsyncRawInvoices:
    """invoices, with whole answers."""

    def __init__(self, raw: AsyncInvoices) -> None:
        self.delete = as_raw_async(raw.delete)
