"""Actions on customers."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.customers import Customer, EmailInput

CREATE = Operation[Customer](
    "customers.create", "POST", "/customer", at=body("Customer")
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


class RawCustomers(Resource):
    """customers, with whole answers."""

    create = as_raw(Customers.create)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    create = as_async(Customers.create)

    @property
    def with_raw_response(self) -> AsyncRawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCustomers(self._as_raw())


class AsyncRawCustomers(AsyncResource):
    """customers, with whole answers."""

    create = as_raw_async(AsyncCustomers.create)
