"""Actions on clashes."""

from __future__ import annotations

from ferrule_runtime.contract import Operation as _Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource as _Resource
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_page,
)

from ..models.clashes import Case

GET = _Operation[list[Case]]("clashes.get", "GET", "/clashes/{id}", paging="default")
PUT = _Operation[None]("clashes.put", "PUT", "/clashes/{id}")


class Clashes(_Resource):
    """Actions on clashes."""

    def get(
        self,
        *,
        id_: str,
        id_query: str,
        start_query: int,
        checkpoint_query: str,
        page_size_query: int,
        match: str,
        sort: str,
        filter_: str,
        body: str,
        id_header: str,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Case]:
        """GET /clashes/{id}."""
        return self._pages(
            GET,
            path=(id_,),
            query={
                "id": id_query,
                "start": start_query,
                "checkpoint": checkpoint_query,
                "page_size": page_size_query,
                "match[]": match,
                "_sort": sort,
                "$filter": filter_,
                "body": body,
            },
            headers={"id": id_header},
            page_size=page_size,
            start=start,
            checkpoint=checkpoint,
        )

    def put(
        self,
        *,
        id_: str,
        id_query: str,
        id_body: str,
        body: str,
        self_: str,
        from_: str,
        init: str,
        v2fa: bool,
    ) -> None:
        """PUT /clashes/{id}."""
        return self._run(
            PUT,
            path=(id_,),
            query={"id": id_query},
            body={
                "id": id_body,
                "body": body,
                "self": self_,
                "from": from_,
                "__init__": init,
                "2fa": v2fa,
            },
        )

    @property
    def with_raw_response(self) -> RawClashes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawClashes(self._as_raw())


class RawClashes(_Resource):
    """clashes, with whole answers."""

    get = as_raw_page(Clashes.get)
    put = as_raw(Clashes.put)


class AsyncClashes(AsyncResource):
    """Actions on clashes."""

    get = as_async_pager(Clashes.get)
    put = as_async(Clashes.put)

    @property
    def with_raw_response(self) -> AsyncRawClashes:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawClashes(self._as_raw())


class AsyncRawClashes(AsyncResource):
    """clashes, with whole answers."""

    get = as_raw_page(AsyncClashes.get)
    put = as_raw_async(AsyncClashes.put)
