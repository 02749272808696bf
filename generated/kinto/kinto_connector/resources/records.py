"""Actions on records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
from ferrule_runtime.contract import Operation, body, header
from ferrule_runtime.models import IntegerText
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager

from ..models.records import Record
from ..models.shared import Deleted

LIST: Operation[list[Record]] = Operation(
    "records.list",
    "GET",
    "/buckets/{bucket}/collections/{collection}/records",
    returns=list[Record],
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
GET: Operation[Record] = Operation(
    "records.get",
    "GET",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    returns=Record,
    at=body("data"),
)
CREATE: Operation[Record] = Operation(
    "records.create",
    "POST",
    "/buckets/{bucket}/collections/{collection}/records",
    returns=Record,
    at=body("data"),
)
REPLACE: Operation[Record] = Operation(
    "records.replace",
    "PUT",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    returns=Record,
    at=body("data"),
)
UPDATE: Operation[Record] = Operation(
    "records.update",
    "PATCH",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    returns=Record,
    at=body("data"),
)
DELETE: Operation[Deleted] = Operation(
    "records.delete",
    "DELETE",
    "/buckets/{bucket}/collections/{collection}/records/{id}",
    returns=Deleted,
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


class RawRecords:
    """records, with whole answers."""

    def __init__(self, raw: Records) -> None:
        self.list = as_raw_page(raw.list)
        self.count = as_raw(raw.count)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)
        self.replace = as_raw(raw.replace)
        self.update = as_raw(raw.update)
        self.delete = as_raw(raw.delete)


class AsyncRecords(AsyncResource):
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
    ) -> AsyncPager[Record]:
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

    async def count(self, *, bucket: str, collection: str) -> int:
        """Count the records of a collection. HEAD /buckets/{bucket}/collections/{collection}/records."""
        return await self._run(COUNT, path=(bucket, collection))

    async def get(self, *, bucket: str, collection: str, id_: str) -> Record:
        """Show a record. GET /buckets/{bucket}/collections/{collection}/records/{id}."""
        return await self._run(GET, path=(bucket, collection, id_))

    async def create(
        self, *, bucket: str, collection: str, data: Mapping[str, Any]
    ) -> Record:
        """Create a record. POST /buckets/{bucket}/collections/{collection}/records."""
        return await self._run(CREATE, path=(bucket, collection), body={"data": data})

    async def replace(
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
        return await self._run(
            REPLACE,
            path=(bucket, collection, id_),
            headers={"If-Match": if_match},
            body={"data": data},
        )

    async def update(
        self,
        *,
        bucket: str,
        collection: str,
        id_: str,
        data: Mapping[str, Any],
        if_match: str | Omit = omit,
    ) -> Record:
        """Change some fields of a record. PATCH /buckets/{bucket}/collections/{collection}/records/{id}."""
        return await self._run(
            UPDATE,
            path=(bucket, collection, id_),
            headers={"If-Match": if_match},
            body={"data": data},
        )

    async def delete(
        self, *, bucket: str, collection: str, id_: str, if_match: str | Omit = omit
    ) -> Deleted:
        """Delete a record. DELETE /buckets/{bucket}/collections/{collection}/records/{id}."""
        return await self._run(
            DELETE, path=(bucket, collection, id_), headers={"If-Match": if_match}
        )

    @property
    def with_raw_response(self) -> AsyncRawRecords:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawRecords(self._as_raw())


class AsyncRawRecords:
    """records, with whole answers."""

    def __init__(self, raw: AsyncRecords) -> None:
        self.list = as_raw_page(raw.list)
        self.count = as_raw_async(raw.count)
        self.get = as_raw_async(raw.get)
        self.create = as_raw_async(raw.create)
        self.replace = as_raw_async(raw.replace)
        self.update = as_raw_async(raw.update)
        self.delete = as_raw_async(raw.delete)
