"""Actions on buckets."""

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

from ..models.buckets import Bucket
from ..models.shared import Deleted

LIST = Operation[list[Bucket]](
    "buckets.list", "GET", "/buckets", at=body("data"), paging="default"
)
CREATE = Operation[Bucket](
    "buckets.create", "PUT", "/buckets/{bucket}", at=body("data")
)
DELETE = Operation[Deleted](
    "buckets.delete", "DELETE", "/buckets/{bucket}", at=body("data")
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


class RawBuckets(Resource):
    """buckets, with whole answers."""

    list = as_raw_page(Buckets.list)
    create = as_raw(Buckets.create)
    delete = as_raw(Buckets.delete)


class AsyncBuckets(AsyncResource):
    """Actions on buckets."""

    list = as_async_pager(Buckets.list)
    create = as_async(Buckets.create)
    delete = as_async(Buckets.delete)

    @property
    def with_raw_response(self) -> AsyncRawBuckets:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawBuckets(self._as_raw())


class AsyncRawBuckets(AsyncResource):
    """buckets, with whole answers."""

    list = as_raw_page(AsyncBuckets.list)
    create = as_raw_async(AsyncBuckets.create)
    delete = as_raw_async(AsyncBuckets.delete)
