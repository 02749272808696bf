"""Actions on customers."""

from __future__ import annotations

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body, header
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.customers import Customer, CustomersCreateSubsidiaryInput, Reference

LIST: Operation[list[Reference]] = Operation(
    "customers.list",
    "GET",
    "/record/v1/customer",
    returns=list[Reference],
    at=body("items"),
    paging="default",
)
GET: Operation[Customer] = Operation(
    "customers.get", "GET", "/record/v1/customer/{id}", returns=Customer
)
CREATE: Operation[str] = Operation(
    "customers.create",
    "POST",
    "/record/v1/customer",
    returns=str,
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


class RawCustomers:
    """customers, with whole answers."""

    def __init__(self, raw: Customers) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    def list(
        self,
        *,
        q: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Reference]:
        """List customers; the list holds ids and links. GET /record/v1/customer.

        Args:
            q: A filter, such as `email START_WITH barbara`.
        """
        return self._pages(
            LIST, query={"q": q}, page_size=page_size, checkpoint=checkpoint
        )

    async def get(self, *, id_: str) -> Customer:
        """Show a customer. GET /record/v1/customer/{id}."""
        return await self._run(GET, path=(id_,))

    async def create(
        self,
        *,
        company_name: str | Omit = omit,
        email: str | Omit = omit,
        subsidiary: CustomersCreateSubsidiaryInput | Omit = omit,
    ) -> str:
        """Create a customer; gives its id, which stands in the Location header. POST /record/v1/customer."""
        return await self._run(
            CREATE,
            body={
                "companyName": company_name,
                "email": email,
                "subsidiary": subsidiary,
            },
        )

    @property
    def with_raw_response(self) -> AsyncRawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCustomers(self._as_raw())


class AsyncRawCustomers:
    """customers, with whole answers."""

    def __init__(self, raw: AsyncCustomers) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw_async(raw.get)
        self.create = as_raw_async(raw.create)
