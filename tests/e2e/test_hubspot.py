"""Two systems of paging in one API, a search with limits of its own, and a 401 that means no."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import hubspot_connector as hubspot
else:
    hubspot = CompiledPackage("hubspot")

CONTACTS = "/crm/v3/objects/contacts"


@pytest.fixture
def client(service: ScriptedService) -> Iterator[hubspot.HubSpot]:
    with hubspot.HubSpot(
        auth="private_app", access_token="pat-1-secret", base_url=service.url, backoff=None
    ) as client:
        yield client


def contact(number: int) -> dict[str, Any]:
    return {"id": str(number), "properties": {"email": f"{number}@example.com", "phone": None}}


def page(numbers: list[int], after: str | None) -> Reply:
    paging = {} if after is None else {"paging": {"next": {"after": after, "link": "elsewhere"}}}
    return reply(json={"results": [contact(number) for number in numbers], **paging})


def test_lists_follow_the_cursor(client: hubspot.HubSpot, service: ScriptedService) -> None:
    service.on("GET", CONTACTS, page([1, 2], "NTI1Cg%3D%3D"), page([3], None))
    found = client.contacts.list(properties=["email", "phone"], page_size=2)
    assert [each.id for each in found] == ["1", "2", "3"]
    first, second = (parse_qs(call.query) for call in service.requests)
    assert first == {"properties": ["email,phone"], "limit": ["2"]}
    # The cursor is text of the service's own: it goes back as it came.
    assert second == {**first, "after": ["NTI1Cg%3D%3D"]}
    assert service.requests[0].header("Authorization") == "Bearer pat-1-secret"


def test_a_search_pages_in_its_body(client: hubspot.HubSpot, service: ScriptedService) -> None:
    service.on("POST", f"{CONTACTS}/search", page([1], "1"), page([2], None))
    has_email: hubspot.FilterInput = {"propertyName": "email", "operator": "HAS_PROPERTY"}
    groups: list[hubspot.FilterGroupInput] = [{"filters": [has_email]}]
    found = client.contacts.search(filter_groups=groups, page_size=1)
    assert [each.id for each in found] == ["1", "2"]
    asked = {"filterGroups": groups, "limit": 1}
    assert [call.json() for call in service.requests] == [asked, {**asked, "after": "1"}]


def test_a_search_is_tried_again_because_it_only_reads(
    client: hubspot.HubSpot, service: ScriptedService
) -> None:
    service.on("POST", f"{CONTACTS}/search", reply(502), page([1], None))
    service.on("POST", CONTACTS, reply(502))
    assert len(list(client.contacts.search(query="ada"))) == 1
    with pytest.raises(hubspot.BadGateway):
        client.contacts.create(properties={"email": "a@b.example"})
    assert len(service.calls("POST", f"{CONTACTS}/search")) == 2
    assert len(service.calls("POST", CONTACTS)) == 1


def test_the_older_api_pages_by_offset_and_has_more(
    client: hubspot.HubSpot, service: ScriptedService
) -> None:
    def older(number: int, *, more: bool) -> Reply:
        engagement = {"id": number, "type": "CALL", "timestamp": 1_700_000_000_000}
        told = {"results": [{"engagement": engagement}], "hasMore": more, "offset": 1000 + number}
        return reply(json=told)

    service.on(
        "GET",
        "/engagements/v1/engagements/paged",
        older(1, more=True),
        older(2, more=True),
        # An offset is told on the last page too: what ends the walk is `hasMore`.
        older(3, more=False),
    )
    found = list(client.engagements.list())
    assert [each.engagement.id for each in found] == [1, 2, 3]
    assert [parse_qs(call.query).get("offset") for call in service.requests] == [
        None,
        ["1001"],
        ["1002"],
    ]


def test_the_search_keeps_a_limit_of_its_own(
    client: hubspot.HubSpot, service: ScriptedService
) -> None:
    service.on("POST", f"{CONTACTS}/search", page([1], None))
    service.on("GET", f"{CONTACTS}/1", reply(json=contact(1)))
    began = time.monotonic()
    for _ in range(4):
        list(client.contacts.search(query="ada"))
        client.contacts.get(contact_id="1")
    list(client.contacts.search(query="ada"))
    # Four in a second: the fifth waits until the first is a second old.
    assert time.monotonic() - began >= 0.99
    assert len(service.requests) == 9


def test_a_401_is_final(client: hubspot.HubSpot, service: ScriptedService) -> None:
    told = {"category": "INVALID_AUTHENTICATION", "message": "No.", "correlationId": "c-1"}
    service.on("GET", f"{CONTACTS}/1", reply(401, json=told))
    with pytest.raises(hubspot.Unauthorized) as caught:
        client.contacts.get(contact_id="1")
    error = caught.value
    assert (error.code, error.request_id, error.attempts) == ("INVALID_AUTHENTICATION", "c-1", 1)
    assert len(service.requests) == 1


def test_the_quota_of_the_day_is_not_waited_for(
    client: hubspot.HubSpot, service: ScriptedService
) -> None:
    daily = {"category": "RATE_LIMITS", "policyName": "DAILY", "message": "limit reached"}
    soon = {**daily, "policyName": "TEN_SECONDLY_ROLLING"}
    limited = reply(429, json=soon, headers={"Retry-After": "0"})
    service.on("GET", f"{CONTACTS}/1", limited, reply(json=contact(1)))
    service.on("GET", f"{CONTACTS}/2", reply(429, json=daily))
    assert client.contacts.get(contact_id="1").id == "1"
    with pytest.raises(hubspot.DailyLimitReached) as caught:
        client.contacts.get(contact_id="2")
    assert caught.value.attempts == 1
    assert isinstance(caught.value, hubspot.RateLimited)


def test_the_same_without_blocking(service: ScriptedService) -> None:
    def answer(request: Request) -> Reply:
        return page([2], None) if "after" in request.query else page([1], "x")

    service.on("GET", CONTACTS, answer)

    async def walk() -> list[str]:
        async with hubspot.AsyncHubSpot(access_token="pat-1", base_url=service.url) as client:
            return [each.id async for each in client.contacts.list()]

    assert asyncio.run(walk()) == ["1", "2"]


def test_a_contact_with_more_properties_than_an_address_holds(
    client: hubspot.HubSpot, service: ScriptedService
) -> None:
    names = [f"property_{number}" for number in range(250)]

    def answered(request: Request) -> Reply:
        (asked,) = parse_qs(request.query)["properties"]
        return reply(json={"id": "7", "properties": {name: name[9:] for name in asked.split(",")}})

    service.on("GET", f"{CONTACTS}/7", answered)
    found = client.contacts.get(contact_id="7", properties=names)
    assert len(service.requests) == 3
    assert found.properties == {name: name[9:] for name in names}
