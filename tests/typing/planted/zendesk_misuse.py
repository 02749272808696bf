"""Mistakes that type checkers must find: one on each line that says so, and none elsewhere."""

from __future__ import annotations

import zendesk_connector as zendesk

client = zendesk.Zendesk()
zendesk.Zendesk(max_attempt=4)  # misuse: no such option
zendesk.Zendesk(timeout="20")  # misuse: wrong type of an option
zendesk.Zendesk(subdomain=1)  # misuse: wrong type of a setting
zendesk.Zendesk("acme")  # misuse: a positional argument
zendesk.Zendesk(auth="key")  # misuse: there is nothing to choose
client.tickets.get(ticket_id="1")  # misuse: wrong type
client.tickets.get(1)  # misuse: a positional argument
client.tickets.get()  # misuse: nothing given
client.tickets.get(ticket_id=None)  # misuse: None where none may be
client.tickets.get(ticket_id=zendesk.omit)  # misuse: what is needed is left out
client.tickets.get(id=1)  # misuse: wrong keyword
client.tickets.with_raw_response.get(ticket="1")  # misuse: wrong keyword of the raw view
client.tickets.create(subject="x", comment={"bod": "b"})  # misuse: wrong key
client.tickets.create(subject="x", comment={"body": "b", "x": 1})  # misuse: unknown key
client.tickets.create(subject="x", comment={"body": 1})  # misuse: wrong type of a key
client.tickets.create(subject=None, comment={"body": "b"})  # misuse: None where none may be
client.tickets.create(subject="x", comment={"body": "b"}, tags=[1])  # misuse: wrong item
client.tickets.list(page_size="3")  # misuse: wrong type
client.tickets.list(start=3)  # misuse: a cursor has no start
client.tickets.list().frist_page()  # misuse: wrong method of a pager
client.tickets.list().first_page().item  # misuse: wrong attribute of a page
client.tickets.get(ticket_id=1).subject.upper()  # misuse: it may be None
client.tickets.get(ticket_id=1).subjekt  # misuse: wrong attribute
client.tickets.delete(ticket_id=1)  # misuse: no such action
client.ticket  # misuse: no such resource
client.with_options(retries=3)  # misuse: no such option
zendesk.NotFond  # misuse: no such name
zendesk.testing.mock().tickets.gett  # misuse: no such action to mock


async def main() -> None:
    async with zendesk.AsyncZendesk() as client:
        (await client.tickets.get(ticket_id=1)).subjekt  # misuse: wrong attribute
        client.tickets.get(ticket_id=1).subject  # misuse: not awaited
        for _ in client.tickets.list():  # misuse: not `async for`
            pass
