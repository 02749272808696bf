"""Actions on collections."""

from __future__ import annotations

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

from ..models.collections import Collection

LIST: Operation[list[Collection]] = Operation(
    "collections.list",
    "GET",
    "/buckets/{bucket}/collections",
    returns=list[Collection],
    at=body("data"),
    paging="default",
)
CREATE: Operation[Collection] = Operation(
    "collections.create",
    "PUT",
    "/buckets/{bucket}/collections/{collection}",
    returns=Collection,
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


class RawCollections:
    """collections, with whole answers."""

    def __init__(self, raw: Collections) -> None:
        self.list = as_raw_page(raw.list)
        self.create = as_raw(raw.create)


class AsyncCollections(AsyncResource):
    """Actions on collections."""

    def list(
        self,
        *,
        bucket: str,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Collection]:
        """List the collections of a bucket. GET /buckets/{bucket}/collections."""
        return self._pages(
            LIST, path=(bucket,), page_size=page_size, checkpoint=checkpoint
        )

    async def create(self, *, bucket: str, collection: str) -> Collection:
        """Create a collection, or replace it. PUT /buckets/{bucket}/collections/{collection}."""
        return await self._run(CREATE, path=(bucket, collection))

    @property
    def with_raw_response(self) -> AsyncRawCollections:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawCollections(self._as_raw())


class AsyncRawCollections:
    """collections, with whole answers."""

    def __init__(self, raw: AsyncCollections) -> None:
        self.list = as_raw_page(raw.list)
        self.create = as_raw_async(raw.create)
