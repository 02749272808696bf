"""Actions on customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferrule_runtime.contract import Operation, body
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

from ..models.customers import AddressInput, Deleted
from ..models.shared import Customer, TimeRangeInput

LIST = Operation[list[Customer]](
    "customers.list",
    "GET",
    "/customers",
    at=body("data"),
    formats={
        "query.created": {"gt": "epoch", "gte": "epoch", "lt": "epoch", "lte": "epoch"}
    },
    paging="default",
)
GET = Operation[Customer]("customers.get", "GET", "/customers/{id}")
CREATE = Operation[Customer](
    "customers.create", "POST", "/customers", idempotency_key="Idempotency-Key"
)
UPDATE = Operation[Customer](
    "customers.update", "POST", "/customers/{id}", idempotency_key="Idempotency-Key"
)
DELETE = Operation[Deleted]("customers.delete", "DELETE", "/customers/{id}")


class Customers(Resource):
    """Actions on customers."""

    def list(
        self,
        *,
        email: str | Omit = omit,
        created: TimeRangeInput | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Customer]:
        """List customers, newest first. GET /customers."""
        return self._pages(
            LIST,
            query={"email": email, "created": created},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, id_: str, expand: Sequence[str] | Omit = omit) -> Customer:
        """Show a customer. GET /customers/{id}."""
        return self._run(GET, path=(id_,), query={"expand": expand})

    def create(
        self,
        *,
        email: str | Omit = omit,
        name: str | Omit = omit,
        description: str | Omit = omit,
        address: AddressInput | Omit = omit,
        metadata: Mapping[str, str] | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> Customer:
        """Create a customer. POST /customers."""
        return self._run(
            CREATE,
            headers={"Idempotency-Key": idempotency_key},
            body={
                "email": email,
                "name": name,
                "description": description,
                "address": address,
                "metadata": metadata,
            },
        )

    def update(
        self,
        *,
        id_: str,
        email: str | Omit = omit,
        name: str | Omit = omit,
        description: str | Omit = omit,
        metadata: Mapping[str, str] | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> Customer:
        """Change a customer. POST /customers/{id}."""
        return self._run(
            UPDATE,
            path=(id_,),
            headers={"Idempotency-Key": idempotency_key},
            body={
                "email": email,
                "name": name,
                "description": description,
                "metadata": metadata,
            },
        )

    def delete(self, *, id_: str) -> Deleted:
        """Delete a customer for good. DELETE /customers/{id}."""
        return self._run(DELETE, path=(id_,))

    @property
    def with_raw_response(self) -> RawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCustomers(self._as_raw())


class RawCustomers(Resource):
    """customers, with whole answers."""

    list = as_raw_page(Customers.list)
    get = as_raw(Customers.get)
    create = as_raw(Customers.create)
    update = as_raw(Customers.update)
    delete = as_raw(Customers.delete)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    list = as_async_pager(Customers.list)
    get = as_async(Customers.get)
    create = as_async(Customers.create)
    update = as_async(Customers.update)
    delete = as_async(Customers.delete)

    @property
    def with_raw_response(self) -> AsyncRawCustomers:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCustomers(self._as_raw())


class AsyncRawCustomers(AsyncResource):
    """customers, with whole answers."""

    list = as_raw_page(AsyncCustomers.list)
    get = as_raw_async(AsyncCustomers.get)
    create = as_raw_async(AsyncCustomers.create)
    update = as_raw_async(AsyncCustomers.update)
    delete = as_raw_async(AsyncCustomers.delete)
