"""Actions on records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.contract import Operation, body, header
from ferrule_runtime.models import IntegerText
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

from ..models.records import Record
from ..models.shared import Deleted

LIST = Operation[list[Record]](
    "records.list",
    "GET",
    "/buckets/{bucket}/collections/{collection}/records",
    at=body("data"),
    styles={"query._sort": "csv"},
    paging="default",
)
COUNT: Operation[int] = Operation(
    "records.count",
    "HEAD",
    "/buckets/{bucket}/collections/{collection}/records",
    returns=IntegerText,
    at=header("Total-Records"),
)
GET = Operation[Record](
    "records.get",
    "GET",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    at=body("data"),
)
CREATE = Operation[Record](
    "records.create",
    "POST",
    "/buckets/{bucket}/collections/{collection}/records",
    at=body("data"),
)
REPLACE = Operation[Record](
    "records.replace",
    "PUT",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    at=body("data"),
)
UPDATE = Operation[Record](
    "records.update",
    "PATCH",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    at=body("data"),
)
DELETE = Operation[Deleted](
    "records.delete",
    "DELETE",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    at=body("data"),
)


class Records(Resource):
    """Actions on records."""

    def list(
        self,
        *,
        bucket: str,
        collection: str,
        sort: Sequence[str] | Omit = omit,
        since: str | Omit = omit,
        extra_query: Mapping[str, Any] | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Record]:
        """List the records of a collection. GET /buckets/{bucket}/collections/{collection}/records.

        Args:
            sort: Fields, with `-` before a field for the other direction.
            since: Only what changed after this ETag.
            extra_query: Further fields, by their names on the wire.
        """
        return self._pages(
            LIST,
            path=(bucket, collection),
            query={"_sort": sort, "_since": since, **(extra_query or {})},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def count(self, *, bucket: str, collection: str) -> int:
        """Count the records of a collection. HEAD /buckets/{bucket}/collections/{collection}/records."""
        return self._run(COUNT, path=(bucket, collection))

    def get(self, *, bucket: str, collection: str, id_: str) -> Record:
        """Show a record. GET /buckets/{bucket}/collections/{collection}/records/{id}."""
        return self._run(GET, path=(bucket, collection, id_))

    def create(
        self, *, bucket: str, collection: str, data: Mapping[str, Any]
    ) -> Record:
        """Create a record. POST /buckets/{bucket}/collections/{collection}/records."""
        return self._run(CREATE, path=(bucket, collection), body={"data": data})

    def replace(
        self,
        *,
        bucket: str,
        collection: str,
        id_: str,
        data: Mapping[str, Any],
        if_match: str | Omit = omit,
    ) -> Record:
        """Create a record under a given id, or replace it. PUT /buckets/{bucket}/collections/{collection}/records/{id}.

        Args:
            if_match: Only if the record is still as it was at this ETag.
        """
        return self._run(
            REPLACE,
            path=(bucket, collection, id_),
            headers={"If-Match": if_match},
            body={"data": data},
        )

    def update(
        self,
        *,
        bucket: str,
        collection: str,
        id_: str,
        data: Mapping[str, Any],
        if_match: str | Omit = omit,
    ) -> Record:
        """Change some fields of a record. PATCH /buckets/{bucket}/collections/{collection}/records/{id}."""
        return self._run(
            UPDATE,
            path=(bucket, collection, id_),
            headers={"If-Match": if_match},
            body={"data": data},
        )

    def delete(
        self, *, bucket: str, collection: str, id_: str, if_match: str | Omit = omit
    ) -> Deleted:
        """Delete a record. DELETE /buckets/{bucket}/collections/{collection}/records/{id}."""
        return self._run(
            DELETE, path=(bucket, collection, id_), headers={"If-Match": if_match}
        )

    @property
    def with_raw_response(self) -> RawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawRecords(self._as_raw())


class RawRecords(Resource):
    """records, with whole answers."""

    list = as_raw_page(Records.list)
    count = as_raw(Records.count)
    get = as_raw(Records.get)
    create = as_raw(Records.create)
    replace = as_raw(Records.replace)
    update = as_raw(Records.update)
    delete = as_raw(Records.delete)


class AsyncRecords(AsyncResource):
    """Actions on records."""

    list = as_async_pager(Records.list)
    count = as_async(Records.count)
    get = as_async(Records.get)
    create = as_async(Records.create)
    replace = as_async(Records.replace)
    update = as_async(Records.update)
    delete = as_async(Records.delete)

    @property
    def with_raw_response(self) -> AsyncRawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRecords(self._as_raw())


class AsyncRawRecords(AsyncResource):
    """records, with whole answers."""

    list = as_raw_page(AsyncRecords.list)
    count = as_raw_async(AsyncRecords.count)
    get = as_raw_async(AsyncRecords.get)
    create = as_raw_async(AsyncRecords.create)
    replace = as_raw_async(AsyncRecords.replace)
    update = as_raw_async(AsyncRecords.update)
    delete = as_raw_async(AsyncRecords.delete)
