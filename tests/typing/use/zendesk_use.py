"""How the client of the language page is used, as type checkers should see it."""

from __future__ import annotations

from datetime import datetime
from typing import assert_type

import zendesk_connector as zendesk

from ferrule_runtime.client import ConnectionTest, RawReply
from ferrule_runtime.pager import AsyncPager, Page, Pager
from ferrule_runtime.stores import MemoryStore, file_store

zendesk.Zendesk(subdomain="acme", token_store=file_store("tokens"))
zendesk.AsyncZendesk(subdomain="acme", token_store=MemoryStore(), name="work")
with zendesk.Zendesk(subdomain="acme", max_attempts=4, timeout=20.0) as client:
    ticket = client.tickets.get(ticket_id=1)
    assert_type(ticket, zendesk.Ticket)
    assert_type(ticket.id, int)
    assert_type(ticket.subject, str | None)
    assert_type(ticket.created_at, datetime)
    assert_type(ticket.tags, list[str])
    assert_type(client.tickets.list(sort="-id", page_size=3), Pager[zendesk.Ticket])
    assert_type(client.tickets.list(sort="something new"), Pager[zendesk.Ticket])
    assert_type(client.tickets.list().first_page(), Page[zendesk.Ticket])
    assert_type(client.tickets.list().first_page().items, list[zendesk.Ticket])
    for each in client.tickets.list():
        assert_type(each, zendesk.Ticket)
    assert_type(client.tickets.with_raw_response.get(ticket_id=1), RawReply[zendesk.Ticket])
    assert_type(client.tickets.with_raw_response.list(), RawReply[list[zendesk.Ticket]])
    assert_type(client.with_options(timeout=3.0, max_attempts=1), zendesk.Zendesk)
    assert_type(client.test_connection(), ConnectionTest)
    comment: zendesk.TicketsCreateCommentInput = {"body": "b", "public": True}
    client.tickets.create(subject="x", comment=comment, priority="urgent", tags=["a"])
    client.tickets.create(subject="x", comment={"body": "b"}, priority="new", tags=("a",))
    client.tickets.create(subject="x", comment={"body": "b"}, priority=zendesk.omit)
    try:
        client.tickets.get(ticket_id=0)
    except zendesk.NotFound as error:
        assert_type(error.status_code, int | None)
        assert_type(error.is_retry_safe, bool | None)
        raise
    except zendesk.ZendeskError:
        raise


async def main() -> None:
    async with zendesk.AsyncZendesk() as client:
        assert_type(await client.tickets.get(ticket_id=1), zendesk.Ticket)
        assert_type(client.tickets.list(), AsyncPager[zendesk.Ticket])
        async for each in client.tickets.list():
            assert_type(each.subject, str | None)
        async for page in client.tickets.list().pages():
            assert_type(page.items, list[zendesk.Ticket])
        raw = await client.tickets.with_raw_response.get(ticket_id=1)
        assert_type(raw, RawReply[zendesk.Ticket])


def test_mine() -> None:
    with zendesk.testing.mock() as service:
        service.tickets.get.returns(id=7, subject="x", status="open")
        assert_type(service.client(), zendesk.Zendesk)
        assert_type(service.async_client(), zendesk.AsyncZendesk)
