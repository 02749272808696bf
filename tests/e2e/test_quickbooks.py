"""The company comes with the redirect and goes into every path; a deletion is a POST."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ferrule_runtime.sign_in import PendingSignIn, SignIn
from ferrule_runtime.stores import MemoryStore
from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.rerouted import Rerouted
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import quickbooks_connector as quickbooks
else:
    quickbooks = CompiledPackage("quickbooks")

TOKEN = "/oauth2/v1/tokens/bearer"
COMPANY = "/v3/company/4620816365"
REDIRECT = "http://127.0.0.1:8400/callback"


class Intuit:
    """The service: tokens t1, t2 … whose refresh tokens are good for one use."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.given = 0
        self.refresh_token = ""
        service.on("POST", TOKEN, self.answer)

    def answer(self, request: Request) -> Reply:
        asked = parse_qs(request.body.decode())
        grant = asked["grant_type"][0]
        if grant == "refresh_token" and asked["refresh_token"] != [self.refresh_token]:
            return reply(400, json={"error": "invalid_grant"})
        if grant == "authorization_code":
            assert asked["code"] == ["the-code"]
            assert asked["redirect_uri"] == [REDIRECT]
        assert (request.header("Authorization") or "").startswith("Basic ")
        self.given += 1
        self.refresh_token = f"r{self.given}"
        made = {"access_token": f"t{self.given}", "refresh_token": self.refresh_token}
        return reply(json={**made, "expires_in": 3600, "x_refresh_token_expires_in": 8726400})


@pytest.fixture
def intuit(service: ScriptedService) -> Intuit:
    return Intuit(service)


@pytest.fixture
def transport(intuit: Intuit) -> Rerouted:
    return Rerouted(intuit.service.url)


@pytest.fixture
def client(transport: Rerouted) -> Iterator[quickbooks.QuickBooks]:
    with (
        httpx.Client(transport=transport) as http_client,
        quickbooks.QuickBooks(
            client_id="an-id",
            client_secret="a-secret",
            http_client=http_client,
            token_store=MemoryStore(),
            backoff=None,
        ) as client,
    ):
        yield client


def signed_in(client: quickbooks.QuickBooks) -> quickbooks.QuickBooks:
    sign_in, pending = SignIn(client), PendingSignIn(REDIRECT)
    asked = parse_qs(urlsplit(sign_in.url(pending)).query)
    assert asked["scope"] == ["com.intuit.quickbooks.accounting"]
    assert "code_challenge" not in asked
    sign_in.finish(pending, {"code": "the-code", "state": pending.state, "realmId": "4620816365"})
    return client


def test_nobody_has_signed_in_yet(client: quickbooks.QuickBooks, intuit: Intuit) -> None:
    with pytest.raises(quickbooks.ReconnectRequired):
        client.query.run(query="select * from Customer")
    assert intuit.service.requests == []


def test_the_company_of_the_redirect_goes_into_every_path(
    client: quickbooks.QuickBooks, intuit: Intuit, transport: Rerouted
) -> None:
    customer = {"Id": "1", "SyncToken": "0", "DisplayName": "Ada"}
    intuit.service.on("POST", f"{COMPANY}/customer", reply(json={"Customer": customer}))
    company = {"Id": "1", "CompanyName": "Acme"}
    path = f"{COMPANY}/companyinfo/4620816365"
    intuit.service.on("GET", path, reply(json={"CompanyInfo": company}))
    assert signed_in(client).customers.create(display_name="Ada").id == "1"
    assert client.company.get().company_name == "Acme"
    assert client.test_connection().ok
    *_, last = intuit.service.requests
    assert last.header("Authorization") == "Bearer t1"
    assert parse_qs(last.query) == {"minorversion": ["75"]}
    assert transport.origins == [
        "https://oauth.platform.intuit.com",
        *["https://quickbooks.api.intuit.com"] * 3,
    ]


def test_without_the_company_nothing_is_called(
    client: quickbooks.QuickBooks, intuit: Intuit
) -> None:
    pending = PendingSignIn(REDIRECT)
    SignIn(client).finish(pending, {"code": "the-code", "state": pending.state})
    with pytest.raises(quickbooks.QuickBooksError, match="realm_id"):
        client.query.run(query="select * from Customer")
    assert [call.path for call in intuit.service.requests] == [TOKEN]


def test_a_deletion_is_a_post_and_is_not_sent_twice(
    client: quickbooks.QuickBooks, intuit: Intuit
) -> None:
    deleted = {"Invoice": {"Id": "9", "status": "Deleted"}}
    intuit.service.on("POST", f"{COMPANY}/invoice", reply(json=deleted), reply(502))
    assert signed_in(client).invoices.delete(id_="9", sync_token="1").status == "Deleted"
    with pytest.raises(quickbooks.BadGateway):
        client.invoices.delete(id_="9", sync_token="1")
    calls = intuit.service.calls("POST", f"{COMPANY}/invoice")
    assert len(calls) == 2
    assert parse_qs(calls[0].query)["operation"] == ["delete"]
    assert calls[0].json() == {"Id": "9", "SyncToken": "1"}


def test_a_429_without_a_time_takes_a_minute(intuit: Intuit, transport: Rerouted) -> None:
    intuit.service.on("GET", f"{COMPANY}/query", reply(429, json={}))
    with httpx.Client(transport=transport) as http_client:
        client = quickbooks.QuickBooks(
            client_id="an-id",
            client_secret="a-secret",
            http_client=http_client,
            token_store=MemoryStore(),
            deadline=5,
        )
        with pytest.raises(quickbooks.RateLimited) as caught:
            signed_in(client).query.run(query="select * from Customer")
    assert caught.value.retry_after_seconds == 60


def test_faults_have_classes_of_their_own(client: quickbooks.QuickBooks, intuit: Intuit) -> None:
    def fault(code: str) -> Reply:
        error = {"Message": "Stale", "Detail": "Someone else has changed it.", "code": code}
        told: dict[str, Any] = {"Fault": {"Error": [error], "type": "ValidationFault"}}
        return reply(400, json=told, headers={"intuit_tid": "tid-1"})

    intuit.service.on("POST", f"{COMPANY}/customer", fault("5010"), fault("6240"), fault("2"))
    signed_in(client)
    for kind in (quickbooks.StaleObject, quickbooks.DuplicateName, quickbooks.BadRequest):
        with pytest.raises(kind) as caught:
            client.customers.create(display_name="Ada")
        assert caught.value.request_id == "tid-1"
        assert "Someone else has changed it." in str(caught.value)


def test_each_refresh_token_is_used_once_and_a_refused_one_needs_a_person(
    client: quickbooks.QuickBooks, intuit: Intuit
) -> None:
    answers = [reply(401), reply(json={"QueryResponse": {}})] * 2
    intuit.service.on("GET", f"{COMPANY}/query", *answers, reply(401))
    signed_in(client)
    for _ in range(2):
        assert client.query.run(query="select * from Customer") == {}
    assert intuit.given == 3
    intuit.refresh_token = "withdrawn"
    with pytest.raises(quickbooks.ReconnectRequired):
        client.query.run(query="select * from Customer")
    assert len(intuit.service.calls("POST", TOKEN)) == 4
