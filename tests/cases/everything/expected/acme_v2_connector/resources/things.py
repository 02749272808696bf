"""Actions on things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TYPE_CHECKING, overload

from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.contract import (
    ANY,
    Alternatives,
    Case,
    Errors,
    Operation,
    Outcome,
    Paging,
    Retry,
    Rule,
    Timeout,
    body,
    equal,
    header,
    ref,
    status,
    template,
)
from ferrule_runtime.models import IntegerText
from ferrule_runtime.omit import Omit, omit, unless_omitted
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.streams import AsyncDownload, Download
from ferrule_runtime.twins import (
    as_async,
    as_async_pager,
    as_raw,
    as_raw_async,
    as_raw_async_bound,
    as_raw_bound,
    as_raw_page,
)

from ..models.shared import PartInput, State, Thing, ThingInput
from ..models.things import Job, RangeInput, Report, ThingsCreateOwnerInput

if TYPE_CHECKING:
    from .things_blocks import AsyncThingsBlocks, ThingsBlocks

LIST = Operation[list[Thing]](
    "things.list",
    "GET",
    "/things",
    at=body("things"),
    ignores=True,
    query={"api": "2", "account": template(ref("account"))},
    headers={"X-Number": None},
    formats={"query.created": {"gte": "epoch", "lt": "epoch"}, "query.from": "epoch"},
    paging="default",
    errors=Errors(rules=(Rule(equal(status(), 404), Outcome("ignore")),)),
)
BY_PAGE = Operation[list[Thing]](
    "things.by_page", "GET", "/things/pages", at=body("things"), paging="pages"
)
LINKED = Operation[list[str]]("things.linked", "GET", "/things/linked", paging="linked")
SEARCH = Operation[list[Thing]](
    "things.search",
    "POST",
    "/things/search",
    at=body("hits", ANY, "thing"),
    paging=Paging(
        cursor=body("meta", "next"),
        into=(("body", "cursor"),),
        size=("query", "limit"),
        default_size=50,
        max_size=200,
        more=equal(body("meta", "more"), True),
    ),
    limits=("default", "search"),
    cost=3,
    replay="safe",
)
GET = Operation[Thing | None](
    "things.get", "GET", "/things/{thingID}", at=body("thing"), cache="etag"
)
CREATE = Operation[Thing](
    "things.create",
    "POST",
    "/things",
    at=body("thing"),
    body={"thing": {"kind": "gadget"}},
    formats={
        "body.thing.owner": {"since": "epoch"},
        "body.thing.starts": "strftime:%d/%m/%Y",
    },
    idempotency_key="Idempotency-Key",
)
UPDATE = Operation[Thing](
    "things.update",
    "PATCH",
    "/things/{id}",
    replay="key",
    idempotency_key="Idempotency-Key",
)
REPLACE = Operation[None](
    "things.replace",
    "PUT",
    "/things/{id}",
    body_type=lambda: ThingInput,
    retry=Retry(attempts=2, backoff=(1.0, 20.0), jitter="none", all_errors=True),
    timeout=Timeout(connect=5.0, read=120.0),
)
DELETE = Operation[None](
    "things.delete",
    "DELETE",
    "/things/{id}",
    auth=Alternatives((("app",), ("key", "renewed"), ())),
    deprecated="archive them instead",
)
ARCHIVE: Operation[Thing | Job | None] = Operation(
    "things.archive",
    "POST",
    "/things/{id}/archive",
    cases={200: Case(returns=Thing), 202: Case(returns=Job), 204: Case()},
    idempotency_key="X-Key",
)
FIND = Operation[Thing]("things.find", "POST", "/things/find", replay="safe")
REPORT: Operation[Any] = Operation(
    "things.report",
    "GET",
    "/things/report",
    cases={
        "json": Case(returns=Report),
        "csv": Case(returns=str, media="text"),
        "raw": Case(returns=bytes, stream="bytes"),
    },
    by="form",
)
DESCRIBE: Operation[Report | str] = Operation(
    "things.describe",
    "GET",
    "/things/{id}.md",
    cases={"json": Case(returns=Report), "text": Case(returns=str, media="text")},
)
COUNT: Operation[int] = Operation(
    "things.count",
    "GET",
    "/things/count",
    returns=IntegerText,
    at=body("count"),
    default=(0,),
)
LOCATION = Operation[str](
    "things.location",
    "POST",
    "/things/{id}/copy",
    at=header("Location").matching("[0-9]+$"),
    idempotency_key="Idempotency-Key",
)


class Things(Resource):
    """Actions on things."""

    blocks: Lazy[ThingsBlocks] = Lazy(".things_blocks", "ThingsBlocks")

    def list(
        self,
        *,
        sort: Literal["name", "-name"] | str | Omit = omit,
        ids: Sequence[int] | Omit = omit,
        created: RangeInput | Omit = omit,
        filter_state: State | Omit = omit,
        from_: datetime | Omit = omit,
        flag: bool = False,
        extra_query: Mapping[str, str] | Omit = omit,
        x_trace: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Thing]:
        """All things: GET /things.

        Newest first.

        See https://developer.example.com/docs/things

        Args:
            extra_query: Further fields, by their names on the wire.
        """
        return self._pages(
            LIST,
            query={
                "sort": sort,
                "ids": ids,
                "created": created,
                "filter[state]": filter_state,
                "from": from_,
                "flag": flag,
                **(extra_query or {}),
            },
            headers={"X-Trace": x_trace},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def by_page(
        self,
        *,
        page_size: int | Omit = omit,
        start: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Thing]:
        """GET /things/pages."""
        return self._pages(
            BY_PAGE, page_size=page_size, start=start, checkpoint=checkpoint
        )

    def linked(self, *, checkpoint: str | Omit = omit) -> Pager[str]:
        """GET /things/linked."""
        return self._pages(LINKED, checkpoint=checkpoint)

    def search(
        self,
        *,
        query: str,
        cursor: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Thing]:
        """POST /things/search."""
        return self._pages(
            SEARCH,
            body={"query": query, "cursor": cursor},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def get(self, *, thing_id: int) -> Thing | None:
        """GET /things/{thingID}.

        Args:
            thing_id: The thing's number.
        """
        return self._run(GET, path=(thing_id,))

    def create(
        self,
        *,
        name: str,
        owner: ThingsCreateOwnerInput,
        list_: Sequence[str],
        state: State | Omit = omit,
        starts: datetime | Omit = omit,
        parts: Sequence[PartInput] | Omit = omit,
        secret: str | Omit = omit,
        class_: str | Omit = omit,
        idempotency_key: str | Omit = omit,
    ) -> Thing:
        """POST /things.

        Args:
            name: What it is called. At most 80 characters.
        """
        return self._run(
            CREATE,
            headers={"Idempotency-Key": idempotency_key},
            body={
                "thing": {
                    "name": name,
                    "state": state,
                    "owner": owner,
                    "starts": starts,
                    "parts": parts,
                    "secret": secret,
                    "list": list_,
                    "class": class_,
                }
            },
        )

    def update(
        self,
        *,
        id_: str,
        name: str | Omit = omit,
        note: str | Omit | None = omit,
        idempotency_key: str | Omit = omit,
    ) -> Thing:
        """PATCH /things/{id}."""
        return self._run(
            UPDATE,
            path=(id_,),
            headers={"Idempotency-Key": idempotency_key},
            body=unless_omitted({"name": name, "note": note}),
        )

    def replace(self, *, id_: str, body: ThingInput) -> None:
        """PUT /things/{id}."""
        return self._run(REPLACE, path=(id_,), body=body)

    def delete(self, *, id_: str) -> None:
        """DELETE /things/{id}.

        Deprecated: archive them instead
        """
        return self._run(DELETE, path=(id_,))

    def archive(
        self, *, id_: str, idempotency_key: str | Omit = omit
    ) -> Thing | Job | None:
        """POST /things/{id}/archive."""
        return self._run(ARCHIVE, path=(id_,), headers={"X-Key": idempotency_key})

    @overload
    def find(self, *, id_: int, email: str | Omit = omit) -> Thing: ...
    @overload
    def find(self, *, id_: int | Omit = omit, email: str) -> Thing: ...
    def find(self, *, id_: int | Omit = omit, email: str | Omit = omit) -> Thing:
        """POST /things/find."""
        return self._run(FIND, body={"id": id_, "email": email})

    @overload
    def report(self, *, form: Literal["json"] = "json") -> Report: ...
    @overload
    def report(self, *, form: Literal["csv"]) -> str: ...
    @overload
    def report(self, *, form: Literal["raw"]) -> Download: ...
    def report(
        self, *, form: Literal["json", "csv", "raw"] = "json"
    ) -> Report | str | Download:
        """GET /things/report."""
        opened: Report | str | Download = self._open(REPORT, by=form)
        return opened

    def describe(self, *, id_: str) -> Report | str:
        """GET /things/{id}.md."""
        return self._run(DESCRIBE, path=(id_,))

    def count(self) -> int:
        """GET /things/count."""
        return self._run(COUNT)

    def location(self, *, id_: str, to: str, idempotency_key: str | Omit = omit) -> str:
        """POST /things/{id}/copy."""
        return self._run(
            LOCATION,
            path=(id_,),
            headers={"Idempotency-Key": idempotency_key},
            body={"to": to},
        )

    @property
    def with_raw_response(self) -> RawThings:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawThings(self._as_raw())


class RawThings(Resource):
    """things, with whole answers."""

    list = as_raw_page(Things.list)
    by_page = as_raw_page(Things.by_page)
    linked = as_raw_page(Things.linked)
    search = as_raw_page(Things.search)
    get = as_raw(Things.get)
    create = as_raw(Things.create)
    update = as_raw(Things.update)
    replace = as_raw(Things.replace)
    delete = as_raw(Things.delete)
    archive = as_raw(Things.archive)
    describe = as_raw(Things.describe)
    count = as_raw(Things.count)
    location = as_raw(Things.location)

    def __init__(self, client: SyncClient) -> None:
        super().__init__(client)
        self.find = as_raw_bound(Things(client).find)
        self.report = as_raw_bound(Things(client).report)


class AsyncThings(AsyncResource):
    """Actions on things."""

    blocks: Lazy[AsyncThingsBlocks] = Lazy(".things_blocks", "AsyncThingsBlocks")

    @overload
    async def find(self, *, id_: int, email: str | Omit = omit) -> Thing: ...
    @overload
    async def find(self, *, id_: int | Omit = omit, email: str) -> Thing: ...
    async def find(self, *, id_: int | Omit = omit, email: str | Omit = omit) -> Thing:
        """POST /things/find."""
        return await self._run(FIND, body={"id": id_, "email": email})

    @overload
    async def report(self, *, form: Literal["json"] = "json") -> Report: ...
    @overload
    async def report(self, *, form: Literal["csv"]) -> str: ...
    @overload
    async def report(self, *, form: Literal["raw"]) -> AsyncDownload: ...
    async def report(
        self, *, form: Literal["json", "csv", "raw"] = "json"
    ) -> Report | str | AsyncDownload:
        """GET /things/report."""
        opened: Report | str | AsyncDownload = await self._open(REPORT, by=form)
        return opened

    list = as_async_pager(Things.list)
    by_page = as_async_pager(Things.by_page)
    linked = as_async_pager(Things.linked)
    search = as_async_pager(Things.search)
    get = as_async(Things.get)
    create = as_async(Things.create)
    update = as_async(Things.update)
    replace = as_async(Things.replace)
    delete = as_async(Things.delete)
    archive = as_async(Things.archive)
    describe = as_async(Things.describe)
    count = as_async(Things.count)
    location = as_async(Things.location)

    @property
    def with_raw_response(self) -> AsyncRawThings:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThings(self._as_raw())


class AsyncRawThings(AsyncResource):
    """things, with whole answers."""

    list = as_raw_page(AsyncThings.list)
    by_page = as_raw_page(AsyncThings.by_page)
    linked = as_raw_page(AsyncThings.linked)
    search = as_raw_page(AsyncThings.search)
    get = as_raw_async(AsyncThings.get)
    create = as_raw_async(AsyncThings.create)
    update = as_raw_async(AsyncThings.update)
    replace = as_raw_async(AsyncThings.replace)
    delete = as_raw_async(AsyncThings.delete)
    archive = as_raw_async(AsyncThings.archive)
    describe = as_raw_async(AsyncThings.describe)
    count = as_raw_async(AsyncThings.count)
    location = as_raw_async(AsyncThings.location)

    def __init__(self, client: AsyncClient) -> None:
        super().__init__(client)
        self.find = as_raw_async_bound(AsyncThings(client).find)
        self.report = as_raw_async_bound(AsyncThings(client).report)
