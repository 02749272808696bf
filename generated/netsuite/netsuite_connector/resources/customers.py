"""Actions on customers."""

from __future__ import annotations

from ferrule_runtime.contract import Operation, body, header
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.customers import Customer, CustomersCreateSubsidiaryInput, Reference

LIST = Operation[list[Reference]](
    "customers.list", "GET", "/record/v1/customer", at=body("items"), paging="default"
)
GET = Operation[Customer]("customers.get", "GET", "/record/v1/customer/{id}")
CREATE = Operation[str](
    "customers.create",
    "POST",
    "/record/v1/customer",
    at=header("Location").matching("([0-9]+)$"),
)


class Customers(Resource):
    """Actions on customers."""

    def list(
        self,
        *,
        q: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Reference]:
        """List customers; the list holds ids and links. GET /record/v1/customer.

        Args:
            q: A filter, such as `email START_WITH barbara`.
        """
        return self._pages(
            LIST, query={"q": q}, page_size=page_size, checkpoint=checkpoint
        )

    def get(self, *, id_: str) -> Customer:
        """Show a customer. GET /record/v1/customer/{id}."""
        return self._run(GET, path=(id_,))

    def create(
        self,
        *,
        company_name: str | Omit = omit,
        email: str | Omit = omit,
        subsidiary: CustomersCreateSubsidiaryInput | Omit = omit,
    ) -> str:
        """Create a customer; gives its id, which stands in the Location header. POST /record/v1/customer."""
        return self._run(
            CREATE,
            body={
                "companyName": company_name,
                "email": email,
                "subsidiary": subsidiary,
            },
        )

    @property
    def with_raw_response(self) -> RawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCustomers(self._as_raw())


class RawCustomers(Resource):
    """customers, with whole answers."""

    list = as_raw_page(Customers.list)
    get = as_raw(Customers.get)
    create = as_raw(Customers.create)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    list = as_async_pager(Customers.list)
    get = as_async(Customers.get)
    create = as_async(Customers.create)

    @property
    def with_raw_response(self) -> AsyncRawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCustomers(self._as_raw())


class AsyncRawCustomers(AsyncResource):
    """customers, with whole answers."""

    list = as_raw_page(AsyncCustomers.list)
    get = as_raw_async(AsyncCustomers.get)
    create = as_raw_async(AsyncCustomers.create)
