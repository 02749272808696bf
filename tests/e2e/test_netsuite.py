"""Signed requests that a service with a library of its own verifies, and a limit of concurrency."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.oauth1 import Verifier
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import netsuite_connector as netsuite
else:
    netsuite = CompiledPackage("netsuite")

CUSTOMER = "/services/rest/record/v1/customer"
RESTLET = "/app/site/hosting/restlet.nl"
REALM = "1234567_SB1"


class Account:
    """NetSuite as far as it verifies signatures."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.lock = threading.Lock()
        self.verifier = Verifier(
            consumer_key="a-consumer",
            token="a-token",
            consumer_secret="a-consumer-secret",
            token_secret="a-token-secret",
            realm=REALM,
        )

    def signed(self, answer: Reply) -> Callable[[Request], Reply]:
        """Gives the answer to whoever signs as they should, else a 401."""

        def check(request: Request) -> Reply:
            with self.lock:
                is_good = self.verifier.takes(request, self.service.url)
            return answer if is_good else reply(401, json={"title": "Invalid login attempt."})

        return check


@pytest.fixture
def account(service: ScriptedService) -> Account:
    return Account(service)


def options(service: ScriptedService) -> dict[str, Any]:
    return {
        "account": "1234567-sb1",
        "consumer_key": "a-consumer",
        "consumer_secret": "a-consumer-secret",
        "token_id": "a-token",
        "token_secret": "a-token-secret",
        "base_url": f"{service.url}/services/rest",
        "hosts": {"restlets": f"{service.url}/app/site/hosting"},
        "backoff": None,
    }


@pytest.fixture
def client(service: ScriptedService) -> Iterator[netsuite.NetSuite]:
    with netsuite.NetSuite(**options(service)) as client:
        yield client


def items(*numbers: int, following: str | None = None) -> Reply:
    links = [{"rel": "self", "href": "x"}]
    if following is not None:
        links.append({"rel": "next", "href": following})
    found = [{"id": str(number), "links": []} for number in numbers]
    return reply(json={"items": found, "links": links, "hasMore": following is not None})


def test_the_account_has_two_spellings() -> None:
    given: dict[str, Any] = {
        "consumer_key": "k",
        "consumer_secret": "s",
        "token_id": "t",
        "token_secret": "u",
    }
    for written in ("1234567_SB1", "1234567-sb1"):
        with netsuite.NetSuite(account=written, **given) as client:
            assert "https://1234567-sb1.suitetalk.api.netsuite.com" in repr(client)


def test_every_request_is_signed_with_its_query(
    client: netsuite.NetSuite, account: Account
) -> None:
    service = account.service
    following = f"{service.url}{CUSTOMER}?q=email%20START_WITH%20%22a%2Bb%22&limit=2&offset=2"
    pages = [account.signed(items(1, 2, following=following)), account.signed(items(3))]
    service.on("GET", CUSTOMER, *pages)
    found = client.customers.list(q='email START_WITH "a+b"', page_size=2)
    assert [each.id for each in found] == ["1", "2", "3"]
    first, second = service.requests
    assert parse_qs(second.query)["offset"] == ["2"]
    for call in (first, second):
        header = call.header("Authorization") or ""
        assert header.startswith("OAuth ")
        assert f'realm="{REALM}"' in header
        assert 'oauth_signature_method="HMAC-SHA256"' in header
        assert "secret" not in header
    assert len(account.verifier.nonces) == 2


def test_a_body_of_json_is_no_part_of_the_signature(
    client: netsuite.NetSuite, account: Account
) -> None:
    location = f"{account.service.url}{CUSTOMER}/647"
    created = reply(204, headers={"Location": location})
    account.service.on("POST", CUSTOMER, account.signed(created))
    assert client.customers.create(company_name="Acme & Søn") == "647"


def test_a_restlet_is_on_another_host_and_signed_too(
    client: netsuite.NetSuite, account: Account
) -> None:
    account.service.on("GET", RESTLET, account.signed(reply(json={"ok": True})))
    assert client.restlets.call(script="12", deploy="1") == {"ok": True}


def test_a_wrong_signature_is_final(account: Account) -> None:
    account.service.on("GET", f"{CUSTOMER}/1", account.signed(reply(json={"id": "1"})))
    wrong = {**options(account.service), "token_secret": "wrong"}
    with netsuite.NetSuite(**wrong) as client, pytest.raises(netsuite.Unauthorized) as caught:
        client.customers.get(id_="1")
    assert caught.value.attempts == 1
    assert "wrong" not in str(caught.value) + repr(caught.value)


def test_too_many_at_once_is_told_by_a_400_and_passes(
    client: netsuite.NetSuite, account: Account
) -> None:
    busy = {"error": {"code": "SSS_REQUEST_LIMIT_EXCEEDED", "message": "too many"}}
    wrong = {"error": {"code": "SSS_MISSING_REQD_ARGUMENT", "message": "no script"}}
    account.service.on(
        "GET",
        RESTLET,
        account.signed(reply(400, json=busy, headers={"Retry-After": "0"})),
        account.signed(reply(400, json=wrong)),
    )
    with pytest.raises(netsuite.BadRequest) as caught:
        client.restlets.call(script="12", deploy="1")
    assert (caught.value.code, caught.value.attempts) == ("SSS_MISSING_REQD_ARGUMENT", 2)
    # The second attempt is another request to the service: it has a nonce of its own.
    assert len(account.verifier.nonces) == 2


def test_no_more_than_fifteen_at_once(account: Account) -> None:
    running = most = 0

    def busy(_request: Request) -> Reply:
        nonlocal running, most
        with account.lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.02)
        with account.lock:
            running -= 1
        return reply(json={"id": "1"})

    account.service.on("GET", f"{CUSTOMER}/1", busy)

    async def many() -> None:
        async with netsuite.AsyncNetSuite(**options(account.service)) as client:
            await asyncio.gather(*(client.customers.get(id_="1") for _ in range(60)))

    asyncio.run(many())
    assert 1 < most <= 15
