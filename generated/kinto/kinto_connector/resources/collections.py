"""Actions on collections."""

from __future__ import annotations

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

from ..models.collections import Collection

LIST = Operation[list[Collection]](
    "collections.list",
    "GET",
    "/buckets/{bucket}/collections",
    at=body("data"),
    paging="default",
)
CREATE = Operation[Collection](
    "collections.create",
    "PUT",
    "/buckets/{bucket}/collections/{collection}",
    at=body("data"),
)


class Collections(Resource):
    """Actions on collections."""

    def list(
        self,
        *,
        bucket: str,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Collection]:
        """List the collections of a bucket. GET /buckets/{bucket}/collections."""
        return self._pages(
            LIST, path=(bucket,), page_size=page_size, checkpoint=checkpoint
        )

    def create(self, *, bucket: str, collection: str) -> Collection:
        """Create a collection, or replace it. PUT /buckets/{bucket}/collections/{collection}."""
        return self._run(CREATE, path=(bucket, collection))

    @property
    def with_raw_response(self) -> RawCollections:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawCollections(self._as_raw())


class RawCollections(Resource):
    """collections, with whole answers."""

    list = as_raw_page(Collections.list)
    create = as_raw(Collections.create)


class AsyncCollections(AsyncResource):
    """Actions on collections."""

    list = as_async_pager(Collections.list)
    create = as_async(Collections.create)

    @property
    def with_raw_response(self) -> AsyncRawCollections:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCollections(self._as_raw())


class AsyncRawCollections(AsyncResource):
    """collections, with whole answers."""

    list = as_raw_page(AsyncCollections.list)
    create = as_raw_async(AsyncCollections.create)
