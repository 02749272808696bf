"""Actions on buckets."""

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

from ..models.buckets import Bucket
from ..models.shared import Deleted

LIST: Operation[list[Bucket]] = Operation(
    "buckets.list",
    "GET",
    "/buckets",
    returns=list[Bucket],
    at=body("data"),
    paging="default",
)
CREATE: Operation[Bucket] = Operation(
    "buckets.create", "PUT", "/buckets/{bucket}", returns=Bucket, at=body("data")
)
DELETE: Operation[Deleted] = Operation(
    "buckets.delete", "DELETE", "/buckets/{bucket}", returns=Deleted, at=body("data")
)


class Buckets(Resource):
    """Actions on buckets."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> Pager[Bucket]:
        """List buckets. GET /buckets."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    def create(self, *, bucket: str) -> Bucket:
        """Create a bucket, or replace it. PUT /buckets/{bucket}."""
        return self._run(CREATE, path=(bucket,))

    def delete(self, *, bucket: str) -> Deleted:
        """Delete a bucket and all that is in it. DELETE /buckets/{bucket}."""
        return self._run(DELETE, path=(bucket,))

    @property
    def with_raw_response(self) -> RawBuckets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawBuckets(self._as_raw())


class RawBuckets:
    """buckets, with whole answers."""

    def __init__(self, raw: Buckets) -> None:
        self.list = as_raw_page(raw.list)
        self.create = as_raw(raw.create)
        self.delete = as_raw(raw.delete)


class AsyncBuckets(AsyncResource):
    """Actions on buckets."""

    def list(
        self, *, page_size: int | Omit = omit, checkpoint: str | Omit = omit
    ) -> AsyncPager[Bucket]:
        """List buckets. GET /buckets."""
        return self._pages(LIST, page_size=page_size, checkpoint=checkpoint)

    async def create(self, *, bucket: str) -> Bucket:
        """Create a bucket, or replace it. PUT /buckets/{bucket}."""
        return await self._run(CREATE, path=(bucket,))

    async def delete(self, *, bucket: str) -> Deleted:
        """Delete a bucket and all that is in it. DELETE /buckets/{bucket}."""
        return await self._run(DELETE, path=(bucket,))

    @property
    def with_raw_response(self) -> AsyncRawBuckets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawBuckets(self._as_raw())


class AsyncRawBuckets:
    """buckets, with whole answers."""

    def __init__(self, raw: AsyncBuckets) -> None:
        self.list = as_raw_page(raw.list)
        self.create = as_raw_async(raw.create)
        self.delete = as_raw_async(raw.delete)
