"""Form bodies with brackets, paging by the last record, keys against doing a thing twice."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Ending
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import stripe_connector as stripe
else:
    stripe = CompiledPackage("stripe")


@pytest.fixture
def client(service: ScriptedService, other_service: ScriptedService) -> Iterator[stripe.Stripe]:
    with stripe.Stripe(
        api_key="sk_test_secret",
        base_url=service.url,
        hosts={"files": other_service.url},
        backoff=None,
    ) as client:
        yield client


def customer(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"cus_{number}", "created": 1_700_000_000, "livemode": False, **more}


def refusal(status: int, **error: Any) -> Reply:
    return reply(status, json={"error": error}, headers={"Request-Id": "req_1"})


def test_bodies_are_forms_with_brackets(client: stripe.Stripe, service: ScriptedService) -> None:
    service.on("POST", "/customers", reply(json=customer(1, email="ada@example.com")))
    made = client.customers.create(
        email="ada+test@example.com",
        name="Ada & Söhne",
        address={"line1": "1 High St", "city": "London"},
        metadata={"order id": "6735"},
    )
    assert made.created == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    (call,) = service.requests
    assert call.header("Content-Type") == "application/x-www-form-urlencoded"
    assert parse_qsl(call.body.decode()) == [
        ("email", "ada+test@example.com"),
        ("name", "Ada & Söhne"),
        ("address[line1]", "1 High St"),
        ("address[city]", "London"),
        ("metadata[order id]", "6735"),
    ]
    assert call.header("Stripe-Version") == "2024-06-20"
    assert call.header("Stripe-Account") is None


def test_an_optional_setting_becomes_a_header(service: ScriptedService) -> None:
    service.on("GET", "/customers/cus_1", reply(json=customer(1)))
    with stripe.Stripe(api_key="sk", account="acct_9", base_url=service.url) as client:
        client.customers.get(id_="cus_1", expand=["default_source", "tax"])
    (call,) = service.requests
    assert call.header("Stripe-Account") == "acct_9"
    assert parse_qs(call.query) == {"expand[]": ["default_source", "tax"]}


def test_ranges_of_time_go_deep_into_the_query(
    client: stripe.Stripe, service: ScriptedService
) -> None:
    service.on("GET", "/charges", reply(json={"data": [], "has_more": False}))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    charges = client.charges.list(created={"gte": begin, "lt": datetime(2026, 1, 2, tzinfo=UTC)})
    assert list(charges) == []
    (call,) = service.requests
    asked = parse_qs(call.query)
    assert asked["created[gte]"] == [str(int(begin.timestamp()))]
    assert asked["created[lt]"] == [str(int(begin.timestamp()) + 86_400)]


def test_the_last_record_leads_on(client: stripe.Stripe, service: ScriptedService) -> None:
    service.on(
        "GET",
        "/customers",
        reply(json={"data": [customer(3), customer(2)], "has_more": True}),
        reply(json={"data": [customer(1)], "has_more": False}),
    )
    customers = client.customers.list(email="ada@example.com", page_size=2)
    assert [each.id for each in customers] == ["cus_3", "cus_2", "cus_1"]
    asked = {"email": ["ada@example.com"], "limit": ["2"]}
    first, second = (parse_qs(call.query) for call in service.requests)
    assert (first, second) == (asked, {**asked, "starting_after": ["cus_2"]})


def test_a_walk_goes_on_another_day(client: stripe.Stripe, service: ScriptedService) -> None:
    service.on("GET", "/customers", reply(json={"data": [customer(3)], "has_more": True}))
    page = client.customers.list().first_page()
    assert page.checkpoint is not None
    assert page.has_next
    service.on("GET", "/customers", reply(json={"data": [customer(2)], "has_more": False}))
    rest = client.customers.list(checkpoint=page.checkpoint)
    assert [each.id for each in rest] == ["cus_2"]
    assert parse_qs(service.requests[-1].query)["starting_after"] == ["cus_3"]


def test_every_attempt_carries_the_same_key(
    client: stripe.Stripe, service: ScriptedService
) -> None:
    service.on(
        "POST", "/customers", Ending.RESET, refusal(500, type="api_error"), reply(json=customer(1))
    )
    assert client.customers.create(name="Ada").id == "cus_1"
    client.customers.create(name="Ada")
    keys = [call.header("Idempotency-Key") for call in service.requests]
    assert keys[0]
    assert keys[:3] == [keys[0]] * 3
    assert keys[3] not in (None, keys[0])


def test_the_service_says_whether_to_try_again(
    client: stripe.Stripe, service: ScriptedService
) -> None:
    service.on(
        "POST",
        "/customers",
        reply(
            409,
            json={"error": {"type": "api_error", "code": "lock_timeout"}},
            headers={"Stripe-Should-Retry": "true"},
        ),
        reply(503, json={"error": {"type": "api_error"}}, headers={"Stripe-Should-Retry": "false"}),
    )
    with pytest.raises(stripe.ServiceUnavailable) as caught:
        client.customers.create(name="Ada")
    assert caught.value.attempts == 2


def test_errors_have_classes_of_their_own(client: stripe.Stripe, service: ScriptedService) -> None:
    card = {"type": "card_error", "code": "card_declined", "decline_code": "stolen_card"}
    service.on(
        "POST",
        "/customers",
        refusal(402, **card, message="Your card was declined."),
        refusal(400, type="idempotency_error", message="Other parameters."),
        refusal(409, type="invalid_request_error", code="lock_timeout"),
    )
    with pytest.raises(stripe.CardDeclined) as declined:
        client.customers.create(name="Ada")
    error = declined.value
    assert (error.status_code, error.code, error.request_id) == (402, "card_declined", "req_1")
    assert error.message == "Your card was declined."
    assert error.details["decline_code"] == "stolen_card"
    with pytest.raises(stripe.IdempotencyMisuse) as misused:
        client.customers.create(name="Ada")
    assert isinstance(misused.value, stripe.BadRequest)
    with pytest.raises(stripe.Locked) as locked:
        client.customers.create(name="Ada")
    assert locked.value.attempts == 4
    assert isinstance(locked.value, stripe.Conflict)


def test_what_may_be_ignored_is_an_empty_list(
    client: stripe.Stripe, service: ScriptedService
) -> None:
    service.on("GET", "/events", refusal(403, type="invalid_request_error"))
    service.on("GET", "/charges", refusal(403, type="invalid_request_error"))
    assert list(client.events.list(types=["charge.failed"])) == []
    with pytest.raises(stripe.Forbidden):
        list(client.charges.list())


def test_a_field_may_be_an_id_or_an_object(client: stripe.Stripe, service: ScriptedService) -> None:
    charge = {"id": "ch_1", "amount": 5, "currency": "eur", "status": "new", "created": 1}
    service.on(
        "GET",
        "/charges/ch_1",
        reply(json={**charge, "customer": "cus_1"}),
        reply(json={**charge, "customer": customer(1)}),
    )
    first = client.charges.get(id_="ch_1")
    assert (first.customer, first.status) == ("cus_1", "new")
    second = client.charges.get(id_="ch_1", expand=["customer"])
    assert isinstance(second.customer, stripe.Customer)


def test_files_go_to_their_own_host_with_the_credential(
    client: stripe.Stripe, service: ScriptedService, other_service: ScriptedService
) -> None:
    made = {"id": "file_1", "purpose": "dispute_evidence", "size": 5, "filename": "a.txt"}
    other_service.on("POST", "/files", reply(json=made))
    file = ("a.txt", b"proof", "text/plain")
    assert client.files.create(file=file, purpose="dispute_evidence").size == 5
    (call,) = other_service.requests
    assert call.header("Authorization") == "Bearer sk_test_secret"
    assert (call.header("Content-Type") or "").startswith("multipart/form-data; boundary=")
    assert b'name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nproof' in call.body
    assert b'name="purpose"\r\n\r\ndispute_evidence' in call.body
    assert service.requests == []


def test_the_same_without_blocking(service: ScriptedService) -> None:
    service.on("GET", "/account", reply(json={"id": "acct_1"}))
    service.on("POST", "/customers", Ending.CLOSE, reply(json=customer(1)))
    service.on(
        "GET",
        "/customers",
        reply(json={"data": [customer(2)], "has_more": True}),
        reply(json={"data": [customer(1)], "has_more": False}),
    )

    async def main() -> None:
        async with stripe.AsyncStripe(
            api_key="sk_test_secret", base_url=service.url, backoff=None
        ) as client:
            assert (await client.test_connection()).ok
            assert (await client.customers.create(name="Ada")).id == "cus_1"
            assert [each.id async for each in client.customers.list()] == ["cus_2", "cus_1"]

    asyncio.run(main())
    first, second = service.calls("POST", "/customers")
    assert first.header("Idempotency-Key") == second.header("Idempotency-Key")


def test_a_webhook_is_the_event_that_it_says() -> None:
    charge = {"id": "ch_1", "amount": 5, "currency": "eur", "status": "succeeded"}
    told = {
        "id": "evt_1",
        "type": "charge.succeeded",
        "data": {"object": {**charge, "created": 1_700_000_000}},
    }
    body = json.dumps(told).encode()
    digest = hmac.new(b"whsec_x", b"1700000000." + body, hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t=1700000000,v1={'0' * 64},v1={digest}"}
    event = stripe.triggers.events_webhook(
        body, headers, webhook_secret="whsec_x", now=1_700_000_100
    )
    assert isinstance(event.data, stripe.Charge)
    assert (event.id, event.type, event.data.amount) == ("evt_1", "charge.succeeded", 5)
    with pytest.raises(stripe.WebhookRefused):
        stripe.triggers.events_webhook(body, headers, webhook_secret="whsec_y", now=1_700_000_100)
    with pytest.raises(stripe.WebhookRefused):
        stripe.triggers.events_webhook(body, headers, webhook_secret="whsec_x", now=1_700_001_000)


def test_new_events_are_told_once(client: stripe.Stripe, service: ScriptedService) -> None:
    def event(number: int) -> dict[str, Any]:
        made = {"id": f"evt_{number}", "type": "x", "created": 1_700_000_000 + number // 2}
        return {**made, "data": {"object": {}}}

    def listed(*numbers: int) -> Reply:
        return reply(json={"data": [event(number) for number in numbers], "has_more": True})

    service.on("GET", "/events", listed(3, 2), reply(json={"data": [], "has_more": False}))
    trigger = stripe.triggers.events_new(client)
    assert trigger.poll() == []
    # 4 and 5 share a second, and 5 comes late.
    service.on("GET", "/events", listed(4, 3, 2, 1))
    assert [one.id for one in trigger.poll()] == ["evt_4"]
    service.on("GET", "/events", listed(5, 4, 3, 2))
    again = stripe.triggers.events_new(client, checkpoint=trigger.checkpoint)
    assert [one.id for one in again.poll()] == ["evt_5"]
    assert again.poll() == []
    assert not any("starting_after" in call.query for call in service.requests[2:])
