"""Actions on things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, TYPE_CHECKING, overload

from ferrule_runtime.client import (
    AsyncResource,
    Resource,
    as_raw,
    as_raw_async,
    as_raw_page,
)
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
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import AsyncPager, Pager
from ferrule_runtime.streams import AsyncDownload, Download

from ..models.shared import PartInput, State, Thing, ThingInput
from ..models.things import Job, RangeInput, Report, ThingsCreateOwnerInput

if TYPE_CHECKING:
    from .things_blocks import AsyncThingsBlocks, ThingsBlocks

LIST: Operation[list[Thing]] = Operation(
    "things.list",
    "GET",
    "/things",
    returns=list[Thing],
    at=body("things"),
    ignores=True,
    query={"api": "2", "account": template(ref("account"))},
    headers={"X-Number": None},
    formats={"query.created": {"gte": "epoch", "lt": "epoch"}, "query.from": "epoch"},
    paging="default",
    errors=Errors(rules=(Rule(equal(status(), 404), Outcome("ignore")),)),
)
BY_PAGE: Operation[list[Thing]] = Operation(
    "things.by_page",
    "GET",
    "/things/pages",
    returns=list[Thing],
    at=body("things"),
    paging="pages",
)
LINKED: Operation[list[str]] = Operation(
    "things.linked", "GET", "/things/linked", returns=list[str], paging="linked"
)
SEARCH: Operation[list[Thing]] = Operation(
    "things.search",
    "POST",
    "/things/search",
    returns=list[Thing],
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
GET: Operation[Thing | None] = Operation(
    "things.get",
    "GET",
    "/things/{thingID}",
    returns=Thing | None,
    at=body("thing"),
    cache="etag",
)
CREATE: Operation[Thing] = Operation(
    "things.create",
    "POST",
    "/things",
    returns=Thing,
    at=body("thing"),
    body={"thing": {"kind": "gadget"}},
    formats={
        "body.thing.owner": {"since": "epoch"},
        "body.thing.starts": "strftime:%d/%m/%Y",
    },
    idempotency_key="Idempotency-Key",
)
UPDATE: Operation[Thing] = Operation(
    "things.update",
    "PATCH",
    "/things/{id}",
    returns=Thing,
    replay="key",
    idempotency_key="Idempotency-Key",
)
REPLACE: Operation[None] = Operation(
    "things.replace",
    "PUT",
    "/things/{id}",
    body_type=lambda: ThingInput,
    retry=Retry(attempts=2, backoff=(1.0, 20.0), jitter="none", all_errors=True),
    timeout=Timeout(connect=5.0, read=120.0),
)
DELETE: Operation[None] = Operation(
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
FIND: Operation[Thing] = Operation(
    "things.find", "POST", "/things/find", returns=Thing, replay="safe"
)
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
LOCATION: Operation[str] = Operation(
    "things.location",
    "POST",
    "/things/{id}/copy",
    returns=str,
    at=header("Location").matching("[0-9]+$"),
    idempotency_key="Idempotency-Key",
)


class Things(Resource):
    """Actions on things."""

    @cached_property
    def blocks(self) -> ThingsBlocks:
        """Actions on things.blocks."""
        from .things_blocks import ThingsBlocks

        return ThingsBlocks(self._client)

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
            body=(
                {"name": name, "note": note}
                if any(each is not omit for each in (name, note))
                else omit
            ),
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


class RawThings:
    """things, with whole answers."""

    def __init__(self, raw: Things) -> None:
        self.list = as_raw_page(raw.list)
        self.by_page = as_raw_page(raw.by_page)
        self.linked = as_raw_page(raw.linked)
        self.search = as_raw_page(raw.search)
        self.get = as_raw(raw.get)
        self.create = as_raw(raw.create)
        self.update = as_raw(raw.update)
        self.replace = as_raw(raw.replace)
        self.delete = as_raw(raw.delete)
        self.archive = as_raw(raw.archive)
        self.find = as_raw(raw.find)
        self.report = as_raw(raw.report)
        self.describe = as_raw(raw.describe)
        self.count = as_raw(raw.count)
        self.location = as_raw(raw.location)


class AsyncThings(AsyncResource):
    """Actions on things."""

    @cached_property
    def blocks(self) -> AsyncThingsBlocks:
        """Actions on things.blocks."""
        from .things_blocks import AsyncThingsBlocks

        return AsyncThingsBlocks(self._client)

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
    ) -> AsyncPager[Thing]:
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
    ) -> AsyncPager[Thing]:
        """GET /things/pages."""
        return self._pages(
            BY_PAGE, page_size=page_size, start=start, checkpoint=checkpoint
        )

    def linked(self, *, checkpoint: str | Omit = omit) -> AsyncPager[str]:
        """GET /things/linked."""
        return self._pages(LINKED, checkpoint=checkpoint)

    def search(
        self,
        *,
        query: str,
        cursor: str | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> AsyncPager[Thing]:
        """POST /things/search."""
        return self._pages(
            SEARCH,
            body={"query": query, "cursor": cursor},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    async def get(self, *, thing_id: int) -> Thing | None:
        """GET /things/{thingID}.

        Args:
            thing_id: The thing's number.
        """
        return await self._run(GET, path=(thing_id,))

    async def create(
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
        return await self._run(
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

    async def update(
        self,
        *,
        id_: str,
        name: str | Omit = omit,
        note: str | Omit | None = omit,
        idempotency_key: str | Omit = omit,
    ) -> Thing:
        """PATCH /things/{id}."""
        return await self._run(
            UPDATE,
            path=(id_,),
            headers={"Idempotency-Key": idempotency_key},
            body=(
                {"name": name, "note": note}
                if any(each is not omit for each in (name, note))
                else omit
            ),
        )

    async def replace(self, *, id_: str, body: ThingInput) -> None:
        """PUT /things/{id}."""
        return await self._run(REPLACE, path=(id_,), body=body)

    async def delete(self, *, id_: str) -> None:
        """DELETE /things/{id}.

        Deprecated: archive them instead
        """
        return await self._run(DELETE, path=(id_,))

    async def archive(
        self, *, id_: str, idempotency_key: str | Omit = omit
    ) -> Thing | Job | None:
        """POST /things/{id}/archive."""
        return await self._run(ARCHIVE, path=(id_,), headers={"X-Key": idempotency_key})

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

    async def describe(self, *, id_: str) -> Report | str:
        """GET /things/{id}.md."""
        return await self._run(DESCRIBE, path=(id_,))

    async def count(self) -> int:
        """GET /things/count."""
        return await self._run(COUNT)

    async def location(
        self, *, id_: str, to: str, idempotency_key: str | Omit = omit
    ) -> str:
        """POST /things/{id}/copy."""
        return await self._run(
            LOCATION,
            path=(id_,),
            headers={"Idempotency-Key": idempotency_key},
            body={"to": to},
        )

    @property
    def with_raw_response(self) -> AsyncRawThings:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawThings(self._as_raw())


class AsyncRawThings:
    """things, with whole answers."""

    def __init__(self, raw: AsyncThings) -> None:
        self.list = as_raw_page(raw.list)
        self.by_page = as_raw_page(raw.by_page)
        self.linked = as_raw_page(raw.linked)
        self.search = as_raw_page(raw.search)
        self.get = as_raw_async(raw.get)
        self.create = as_raw_async(raw.create)
        self.update = as_raw_async(raw.update)
        self.replace = as_raw_async(raw.replace)
        self.delete = as_raw_async(raw.delete)
        self.archive = as_raw_async(raw.archive)
        self.find = as_raw_async(raw.find)
        self.report = as_raw_async(raw.report)
        self.describe = as_raw_async(raw.describe)
        self.count = as_raw_async(raw.count)
        self.location = as_raw_async(raw.location)
