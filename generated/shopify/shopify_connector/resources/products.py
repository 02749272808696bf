"""Actions on products."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ferrule_runtime.contract import Operation, body, ref, template
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

from ..models.products import Product

LIST = Operation[list[Product]](
    "products.list",
    "GET",
    template("/api/", ref("api_version"), "/products.json"),
    at=body("products"),
    arrays="csv",
    paging="default",
)
GET = Operation[Product](
    "products.get",
    "GET",
    template("/api/", ref("api_version"), "/products/{id}.json"),
    at=body("product"),
)
CREATE = Operation[Product](
    "products.create",
    "POST",
    template("/api/", ref("api_version"), "/products.json"),
    at=body("product"),
)


class Products(Resource):
    """Actions on products."""

    def list(
        self,
        *,
        ids: Sequence[int] | Omit = omit,
        status: Literal["active", "archived", "draft"] | str | Omit = omit,
        created_at_min: datetime | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Product]:
        """List products. GET /api/${api_version}/products.json."""
        return self._pages(
            LIST,
            query={"ids": ids, "status": status, "created_at_min": created_at_min},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, id_: int) -> Product:
        """Show a product. GET /api/${api_version}/products/{id}.json."""
        return self._run(GET, path=(id_,))

    def create(
        self,
        *,
        title: str,
        body_html: str | Omit = omit,
        vendor: str | Omit = omit,
        tags: str | Omit = omit,
    ) -> Product:
        """Create a product. POST /api/${api_version}/products.json."""
        return self._run(
            CREATE,
            body={
                "product": {
                    "title": title,
                    "body_html": body_html,
                    "vendor": vendor,
                    "tags": tags,
                }
            },
        )

    @property
    def with_raw_response(self) -> RawProducts:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawProducts(self._as_raw())


class RawProducts(Resource):
    """products, with whole answers."""

    list = as_raw_page(Products.list)
    get = as_raw(Products.get)
    create = as_raw(Products.create)


class AsyncProducts(AsyncResource):
    """Actions on products."""

    list = as_async_pager(Products.list)
    get = as_async(Products.get)
    create = as_async(Products.create)

    @property
    def with_raw_response(self) -> AsyncRawProducts:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawProducts(self._as_raw())


class AsyncRawProducts(AsyncResource):
    """products, with whole answers."""

    list = as_raw_page(AsyncProducts.list)
    get = as_raw_async(AsyncProducts.get)
    create = as_raw_async(AsyncProducts.create)
