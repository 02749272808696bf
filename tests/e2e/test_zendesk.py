"""The connector of the language's own page: cursors, wrapped bodies, bounded rates, old paging."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Ending
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import zendesk_connector as zendesk
else:
    zendesk = CompiledPackage("zendesk")


@pytest.fixture
def client(service: ScriptedService) -> Iterator[zendesk.Zendesk]:
    with zendesk.Zendesk(
        subdomain="acme",
        email="ada@example.com",
        api_token="s3cret",
        base_url=service.url,
        backoff=None,
    ) as client:
        yield client


def ticket(number: int, **more: Any) -> dict[str, Any]:
    told = {"id": number, "subject": f"ticket {number}", "status": "open", "tags": []}
    return {**told, "created_at": "2026-01-02T03:04:05Z", **more}


def test_the_address_comes_from_what_people_paste() -> None:
    for pasted in ("acme", "https://acme.zendesk.com", "acme.zendesk.com"):
        with zendesk.Zendesk(subdomain=pasted, email="a@b.c", api_token="t") as client:
            assert "https://acme.zendesk.com/api/v2" in repr(client)
    with pytest.raises(zendesk.ConfigurationError, match="subdomain"):
        zendesk.Zendesk(subdomain="evil.example/", email="a@b.c", api_token="t")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZENDESK_SUBDOMAIN", "acme")
    monkeypatch.setenv("ZENDESK_EMAIL", "ada@example.com")
    with pytest.raises(zendesk.ConfigurationError, match=r"api_token= or ZENDESK_API_TOKEN"):
        zendesk.Zendesk()
    monkeypatch.setenv("ZENDESK_API_TOKEN", "s3cret")
    with zendesk.Zendesk() as client:
        assert "acme" in repr(client)
        assert "s3cret" not in repr(client)


def test_the_token_stands_in_place_of_a_password(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    service.on("GET", "/users/me", reply(json={"user": {"id": 1, "name": "Ada"}}))
    assert client.users.me().name == "Ada"
    expected = base64.b64encode(b"ada@example.com/token:s3cret").decode()
    assert service.requests[0].header("Authorization") == f"Basic {expected}"
    assert client.test_connection().ok
    service.on("GET", "/users/me", reply(json={"user": {"id": None, "name": "Anonymous user"}}))
    assert not client.test_connection().ok


def test_bodies_are_wrapped(client: zendesk.Zendesk, service: ScriptedService) -> None:
    service.on("POST", "/tickets", Ending.RESET, reply(201, json={"ticket": ticket(7)}))
    made = client.tickets.create(
        subject="Printer on fire",
        comment={"body": "It really is.", "public": True},
        priority="urgent",
    )
    assert (made.id, made.created_at) == (7, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    first, second = service.requests
    assert first.json() == {
        "ticket": {
            "subject": "Printer on fire",
            "comment": {"body": "It really is.", "public": True},
            "priority": "urgent",
        }
    }
    assert second.body == first.body
    assert second.header("Idempotency-Key") == first.header("Idempotency-Key") is not None


def test_what_the_spec_does_not_know_is_kept(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    told = ticket(7, status="escalated", satisfaction={"score": "good"})
    service.on("GET", "/tickets/7", reply(json={"ticket": told}))
    found = client.tickets.get(ticket_id=7)
    assert found.status == "escalated"
    assert found.model_extra == {"satisfaction": {"score": "good"}}


def test_cursors_are_followed_as_long_as_there_is_more(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    service.on(
        "GET",
        "/tickets",
        reply(json={"tickets": [ticket(1)], "meta": {"after_cursor": "c1==", "has_more": True}}),
        reply(json={"tickets": [ticket(2)], "meta": {"after_cursor": "c2==", "has_more": False}}),
    )
    tickets = client.tickets.list(sort="-updated_at")
    assert [each.id for each in tickets] == [1, 2]
    asked = {"sort": ["-updated_at"], "page[size]": ["100"]}
    first, second = (parse_qs(call.query) for call in service.requests)
    assert (first, second) == (asked, {**asked, "page[after]": ["c1=="]})


def test_the_older_paging_follows_urls(client: zendesk.Zendesk, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/search",
        reply(
            json={
                "results": [{"id": 1}],
                "next_page": f"{service.url}/search?query=type%3Aticket&page=2&per_page=100",
            }
        ),
        reply(json={"results": [{"id": 2}], "next_page": None}),
    )
    assert list(client.search.run(query="type:ticket")) == [{"id": 1}, {"id": 2}]
    second = parse_qs(service.requests[1].query)
    assert second == {"query": ["type:ticket"], "page": ["2"], "per_page": ["100"]}


def test_a_rate_limit_holds_calls_back(client: zendesk.Zendesk, service: ScriptedService) -> None:
    answer = {"tickets": [ticket(1)], "after_url": None, "end_of_stream": True}
    service.on("GET", "/incremental/tickets/cursor", reply(json=answer))
    # Ten a minute are allowed. The others would have to wait longer than they have time.
    hasty = client.with_options(deadline=0.2)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(10):
        client.tickets.export.cursor(start_time=begin).first_page()
    for _ in range(3):
        with pytest.raises(zendesk.Timeout) as caught:
            hasty.tickets.export.cursor(start_time=begin).first_page()
        assert caught.value.is_retry_safe is True
    assert len(service.requests) == 10
    assert parse_qs(service.requests[0].query)["start_time"] == [str(int(begin.timestamp()))]
    # Other actions have a budget of their own.
    service.on("GET", "/users/me", reply(json={"user": {"id": 1, "name": "Ada"}}))
    assert hasty.users.me().id == 1


def test_an_export_of_calls_ends_with_a_page_that_is_not_full(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    path = "/channels/voice/stats/incremental/calls"

    def page(first: int, count: int) -> Reply:
        calls = [{"id": number} for number in range(first, first + count)]
        # There is a next page always, and it begins with what was handed out last.
        following = f"{service.url}{path}?start_time={1_700_000_000 + first}"
        return reply(json={"calls": calls, "count": count, "next_page": following})

    service.on("GET", path, page(0, 1000), page(1000, 2))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    found = [each.id for each in client.calls.export(start_time=begin)]
    assert found == list(range(1002))
    assert len(service.calls("GET", path)) == 2


def test_an_export_ends_where_the_service_says_so(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    path = "/incremental/tickets/cursor"
    after_url = f"{service.url}{path}?cursor=abc"
    service.on(
        "GET",
        path,
        reply(json={"tickets": [], "after_url": after_url, "end_of_stream": False}),
        reply(json={"tickets": [ticket(2)], "after_url": after_url, "end_of_stream": True}),
    )
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    assert [each.id for each in client.tickets.export.cursor(start_time=begin)] == [2]
    assert service.requests[1].target == f"{path}?cursor=abc"


def test_bytes_are_uploaded(client: zendesk.Zendesk, service: ScriptedService) -> None:
    service.on("POST", "/uploads", reply(201, json={"upload": {"token": "abc"}}))
    assert client.uploads.create(filename="a b.png", body=b"\x89PNG\x00").token == "abc"
    (call,) = service.requests
    assert (call.query, call.body) == ("filename=a%20b.png", b"\x89PNG\x00")


def test_errors_in_two_shapes(client: zendesk.Zendesk, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/tickets/7",
        reply(404, json={"error": "RecordNotFound", "description": "Not found"}),
        reply(403, json={"error": {"title": "Forbidden", "message": "You do not have access"}}),
    )
    with pytest.raises(zendesk.NotFound) as missing:
        client.tickets.get(ticket_id=7)
    assert (missing.value.code, missing.value.message) == ("RecordNotFound", "Not found")
    with pytest.raises(zendesk.Forbidden) as denied:
        client.tickets.get(ticket_id=7)
    assert (denied.value.code, denied.value.message) == ("Forbidden", "You do not have access")


def test_nothing_is_given_where_nothing_is_told(
    client: zendesk.Zendesk, service: ScriptedService
) -> None:
    service.on("DELETE", "/tickets/7", reply(204))
    client.tickets.delete(ticket_id=7)
    answer = client.tickets.with_raw_response.delete(ticket_id=7)
    assert (answer.status_code, answer.content) == (204, b"")


def test_a_mocked_service_needs_no_network() -> None:
    with zendesk.testing.mock() as mocked:
        mocked.tickets.get.returns(id=7, subject="x", status="open")
        mocked.tickets.list.pages([ticket(1)], [ticket(2)])
        mocked.tickets.update.fails(zendesk.Conflict, code="taken")
        client = mocked.client()
        assert client.tickets.get(ticket_id=7).subject == "x"
        assert [each.id for each in client.tickets.list()] == [1, 2]
        with pytest.raises(zendesk.Conflict):
            client.tickets.update(ticket_id=7, status="solved")
        assert len(mocked.tickets.list.calls) == 2


def test_the_same_without_blocking(service: ScriptedService) -> None:
    service.on(
        "GET",
        "/tickets/7/comments",
        reply(
            json={
                "comments": [
                    {"id": 1, "body": "hi", "public": True, "created_at": "2026-01-02T03:04:05Z"}
                ],
                "meta": {"after_cursor": None, "has_more": False},
            }
        ),
    )
    service.on("PUT", "/tickets/7", reply(json={"ticket": ticket(7, status="solved")}))

    async def main() -> None:
        async with zendesk.AsyncZendesk(
            subdomain="acme", email="ada@example.com", api_token="s3cret", base_url=service.url
        ) as client:
            comments = [each async for each in client.tickets.comments.list(ticket_id=7)]
            assert [each.body for each in comments] == ["hi"]
            changed = await client.tickets.update(ticket_id=7, status="solved", priority=None)
            assert changed.status == "solved"

    asyncio.run(main())
    assert service.requests[-1].json() == {"ticket": {"status": "solved", "priority": None}}


def test_a_webhook_is_proven_by_its_moment_and_body() -> None:
    body, moment = b'{"id": "e1", "type": "zen:event-type:ticket.created"}', "2026-01-02T03:04:05Z"
    digest = hmac.new(b"hush", moment.encode() + body, hashlib.sha256).digest()
    headers = {
        "X-Zendesk-Webhook-Signature": base64.b64encode(digest).decode(),
        "X-Zendesk-Webhook-Signature-Timestamp": moment,
    }
    now = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC).timestamp()
    event = zendesk.triggers.events(body, headers, webhook_secret="hush", now=now)
    assert (event.id, event.type) == ("e1", "zen:event-type:ticket.created")
    with pytest.raises(zendesk.WebhookRefused):
        zendesk.triggers.events(body + b" ", headers, webhook_secret="hush", now=now)
    with pytest.raises(zendesk.WebhookRefused, match="allowed"):
        zendesk.triggers.events(body, headers, webhook_secret="hush", now=now + 400)
