"""Everything of the language as type checkers should see it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, assert_type

import acme_v2_connector as acme

from ferrule_runtime.client import RawReply
from ferrule_runtime.pager import Pager
from ferrule_runtime.streams import AsyncDownload, AsyncStream, Download, Stream

NOW = datetime.now(UTC)

client = acme.Acme(auth="key", key="k")
acme.Acme(auth="user", user="u", key="k", region="us")
acme.Acme(auth="app", client_id="i", client_secret="s", account="a")
acme.Acme()

assert_type(client.me(), acme.User)
assert_type(client.health(), Literal[True, False])
things = client.things.list(
    sort="name",
    ids=[1, 2],
    created={"gte": NOW},
    filter_state="open",
    from_=NOW,
    flag=True,
    extra_query={"a": "b"},
    page_size=2,
    checkpoint="c",
)
assert_type(things, Pager[acme.Thing])
assert_type(client.things.get(thing_id=1), acme.Thing | None)
thing = client.things.create(
    name="x",
    owner={"email": "a@example.com", "since": NOW},
    list_=["a"],
    starts=NOW,
    parts=[{"sku": "s", "count": 1}],
    class_="c",
    idempotency_key="k",
)
assert_type(thing.size, acme.ThingSize)
assert_type(thing.size.height, float | None)
assert_type(thing.price, Decimal)
assert_type(thing.pair, tuple[int, str])
assert_type(thing.page_size, int | None)
assert_type(thing.list, list[int])
assert_type(thing.rank, int)
client.things.update(id_="1", note=None)
client.things.update(id_="1")
assert_type(client.things.archive(id_="1"), acme.Thing | acme.Job | None)
assert_type(client.things.find(id_=1), acme.Thing)
assert_type(client.things.find(email="a@example.com"), acme.Thing)
assert_type(client.things.report(), acme.Report)
assert_type(client.things.report(form="csv"), str)
assert_type(client.things.report(form="raw"), Download)
whole = client.things.with_raw_response
assert_type(whole.report(), RawReply[acme.Report])
assert_type(whole.report(form="csv"), RawReply[str])
assert_type(client.any.with_raw_response.call(url="u", method="GET"), RawReply[Any])
assert_type(client.things.describe(id_="1"), acme.Report | str)
assert_type(client.things.count(), int)
for block in client.things.blocks.list(id_="1"):
    if isinstance(block, acme.Paragraph):
        assert_type(block.type, Literal["paragraph"])
client.things.blocks.append(id_="1", body=[{"type": "heading", "text": "x", "level": 1}])
client.files.upload(file=Path("a.png"), title="t")
client.files.upload(file=("a.png", b"PNG", "image/png"))
client.files.put(path="a/b", body=b"x")
assert_type(client.files.download(), Download)
assert_type(client.files.link(path="a"), str)
client.files.send(body={"url": "u"})
client.files.send(body={"file": b"x"}, send="multipart")
assert_type(client.feeds.lines(), Stream[acme.Thing])
assert_type(client.feeds.events(), Stream[Any])
assert_type(client.feeds.rows(), Stream[acme.Row])
assert_type(client.any.call(url="u", method="GET", headers=[("a", "b")], auth="none"), Any)
level: int = acme.LevelValue.LOW


async def main() -> None:
    async with acme.AsyncAcme() as client:
        assert_type(await client.me(), acme.User)
        assert_type(await client.files.download(path="x"), AsyncDownload)
        assert_type(await client.feeds.lines(), AsyncStream[acme.Thing])
        assert_type(await client.things.report(form="csv"), str)
        assert_type(await client.things.with_raw_response.report(form="csv"), RawReply[str])
        assert_type(await client.any.with_raw_response.call(url="u", method="GET"), RawReply[Any])
        assert_type((await client.files.with_raw_response.link(path="a")).parse(), str)
