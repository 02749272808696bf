"""Actions on customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.customers import AddressInput, Deleted
from ..models.shared import Customer, TimeRangeInput

LIST: Operation[list[Customer]] = Operation(
    "customers.list",
    "GET",
    "/customers",
    returns=list[Customer],
    at=body("data"),
    formats={
        "query.created": {"gt": "epoch", "gte": "epoch", "lt": "epoch", "lte": "epoch"}
    },
    paging="default",
)
GET: Operation[Customer] = Operation(
    "customers.get", "GET", "/customers/{id}", returns=Customer
)
CREATE: Operation[Customer] = Operation(
    "customers.create",
    "POST",
    "/customers",
    returns=Customer,
    idempotency_key="Idempotency-Key",
)
UPDATE: Operation[Customer] = Operation(
    "customers.update",
    "POST",
    "/customers/{id}",
    returns=Customer,
    idempotency_key="Idempotency-Key",
)
DELETE: Operation[Deleted] = Operation(
    "customers.delete", "DELETE", "/customers/{id}", returns=Deleted
)


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


class RawCustomers:
    """customers, with whole answers."""

    def __init__(self, raw: Customers) -> None:
        self.list = as_raw_page(raw.list)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)
        self.update = as_raw(raw.update)
        self.delete = as_raw(raw.delete)


class AsyncCustomers(AsyncResource):
    """Actions on customers."""

    def list(
        self,
        *,
        email: str | Omit = omit,
        created: TimeRangeInput | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Customer]:
        """List customers, newest first. GET /customers."""
        return self._pages(
            LIST,
            query={"email": email, "created": created},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(self, *, id_: str, expand: Sequence[str] | Omit = omit) -> Customer:
        """Show a customer. GET /customers/{id}."""
        return await self._run(GET, path=(id_,), query={"expand": expand})

    async def create(
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
        return await self._run(
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

    async def update(
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
        return await self._run(
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

    async def delete(self, *, id_: str) -> Deleted:
        """Delete a customer for good. DELETE /customers/{id}."""
        return await self._run(DELETE, path=(id_,))

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
        self.update = as_raw_async(raw.update)
        self.delete = as_raw_async(raw.delete)
