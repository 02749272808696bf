"""Actions on customers."""

from __future__ import annotations

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit

from ..models.customers import Customer, EmailInput

CREATE: Operation[Customer] = Operation(
    "customers.create", "POST", "/customer", returns=Customer, at=body("Customer")
)


class Customers(Resource):
    """Actions on customers."""

    def create(
        self,
        *,
        display_name: str,
        company_name: str | Omit = omit,
        primary_email_addr: EmailInput | Omit = omit,
    ) -> Customer:
        """Create a customer. POST /customer."""
        return self._run(
            CREATE,
            body={
                "DisplayName": display_name,
                "CompanyName": company_name,
                "PrimaryEmailAddr": primary_email_addr,
            },
        )

    @property
    def with_raw_response(self) -> RawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCustomers(self._as_raw())


class RawCustomers:
    """customers, with whole answers."""

    def __init__(self, raw: Customers) -> None:
        self.create = as_raw(raw.create)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    async def create(
        self,
        *,
        display_name: str,
        company_name: str | Omit = omit,
        primary_email_addr: EmailInput | Omit = omit,
    ) -> Customer:
        """Create a customer. POST /customer."""
        return await self._run(
            CREATE,
            body={
                "DisplayName": display_name,
                "CompanyName": company_name,
                "PrimaryEmailAddr": primary_email_addr,
            },
        )

    @property
    def with_raw_response(self) -> AsyncRawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCustomers(self._as_raw())


class AsyncRawCustomers:
    """customers, with whole answers."""

    def __init__(self, raw: AsyncCustomers) -> None:
        self.create = as_raw_async(raw.create)
