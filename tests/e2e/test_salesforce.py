"""The address of the instance comes with the token; errors are a list; the next page is a path."""

from __future__ import annotations

import asyncio
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
    import salesforce_connector as salesforce
else:
    salesforce = CompiledPackage("salesforce")

TOKEN = "/services/oauth2/token"
DATA = "/services/data/v62.0"
INSTANCE = "https://acme.my.salesforce.com"
REDIRECT = "http://127.0.0.1:8400/callback"


class Org:
    """The service, with rotation of refresh tokens on: one that comes twice ends all of them."""

    def __init__(self, service: ScriptedService) -> None:
        self.service = service
        self.given = 0
        self.used: set[str] = set()
        self.is_revoked = False
        service.on("POST", TOKEN, self.answer)

    def answer(self, request: Request) -> Reply:
        asked = {name: each[0] for name, each in parse_qs(request.body.decode()).items()}
        assert (asked["client_id"], asked["client_secret"]) == ("an-id", "a-secret")
        spent = asked.get("refresh_token", "")
        if spent in self.used:
            self.is_revoked = True
        if self.is_revoked:
            return reply(400, json={"error": "invalid_grant", "error_description": "expired"})
        self.used.add(spent)
        self.given += 1
        made = {"access_token": f"t{self.given}", "refresh_token": f"r{self.given}"}
        # No expires_in: how long a session lasts is the organization's own affair.
        return reply(json={**made, "instance_url": INSTANCE, "token_type": "Bearer"})


@pytest.fixture
def org(service: ScriptedService) -> Org:
    return Org(service)


@pytest.fixture
def transport(org: Org) -> Rerouted:
    return Rerouted(org.service.url)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def client(transport: Rerouted, store: MemoryStore) -> Iterator[salesforce.Salesforce]:
    with (
        httpx.Client(transport=transport) as http_client,
        salesforce.Salesforce(
            client_id="an-id",
            client_secret="a-secret",
            http_client=http_client,
            token_store=store,
            backoff=None,
        ) as client,
    ):
        sign_in, pending = SignIn(client), PendingSignIn(REDIRECT)
        url = urlsplit(sign_in.url(pending))
        assert url.hostname == "login.salesforce.com"
        assert parse_qs(url.query)["code_challenge_method"] == ["S256"]
        sign_in.finish(pending, {"code": "the-code", "state": pending.state})
        yield client


def fault(status: int, code: str, message: str = "no") -> Reply:
    return reply(status, json=[{"errorCode": code, "message": message, "fields": []}])


def records(*names: str, following: str | None = None) -> Reply:
    more = {} if following is None else {"nextRecordsUrl": following}
    found: list[dict[str, Any]] = [{"Id": name, "Name": name} for name in names]
    return reply(json={"totalSize": 3, "done": following is None, **more, "records": found})


def test_calls_go_to_the_instance_that_the_token_names(
    client: salesforce.Salesforce, org: Org, transport: Rerouted
) -> None:
    org.service.on("GET", f"{DATA}/limits", reply(json={"DailyApiRequests": {"Max": 15000}}))
    assert client.limits.get()["DailyApiRequests"] == {"Max": 15000}
    assert transport.origins == ["https://login.salesforce.com", INSTANCE]


def test_the_next_page_is_a_path_of_the_instance(
    client: salesforce.Salesforce, org: Org, transport: Rerouted
) -> None:
    path = f"{DATA}/query/01gD0000002HU6KIAW-2000"
    org.service.on("GET", f"{DATA}/query", records("a", "b", following=path))
    org.service.on("GET", path, records("c"))
    found = client.query.run(q="SELECT Id, Name FROM Account WHERE Name != 'x & y'")
    assert [each["Name"] for each in found] == ["a", "b", "c"]
    first, second = org.service.requests[1:]
    assert parse_qs(first.query) == {"q": ["SELECT Id, Name FROM Account WHERE Name != 'x & y'"]}
    assert second.query == ""
    assert set(transport.origins[1:]) == {INSTANCE}


def test_a_session_that_has_ended_is_renewed_once_and_the_new_token_is_kept_first(
    client: salesforce.Salesforce, org: Org, store: MemoryStore
) -> None:
    ended = fault(401, "INVALID_SESSION_ID", "Session expired or invalid")
    kept: list[bool] = []

    def second(request: Request) -> Reply:
        assert request.header("Authorization") == "Bearer t2"
        kept.extend("r2" in text for text in store._texts.values())
        return reply(json={"Id": "1"})

    org.service.on("GET", f"{DATA}/sobjects/Account/1", ended, second, ended)
    assert client.records.get(object_="Account", id_="1") == {"Id": "1"}
    assert kept == [True]
    with pytest.raises(salesforce.Unauthorized) as caught:
        client.records.get(object_="Account", id_="1")
    assert caught.value.code == "INVALID_SESSION_ID"
    assert org.given == 3
    assert not org.is_revoked


def test_many_calls_at_once_spend_a_refresh_token_once(
    client: salesforce.Salesforce, org: Org
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def answer(request: Request) -> Reply:
        is_good = request.header("Authorization") == "Bearer t2"
        return reply(json={}) if is_good else fault(401, "INVALID_SESSION_ID")

    org.service.on("GET", f"{DATA}/limits", answer)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: client.limits.get(), range(40)))
    assert (org.given, org.is_revoked) == (2, False)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (reply(300, json=["/a/1", "/a/2"]), "Ambiguous"),
        (fault(403, "REQUEST_LIMIT_EXCEEDED"), "RequestLimitExceeded"),
        (fault(403, "INSUFFICIENT_ACCESS"), "Forbidden"),
        (fault(400, "MALFORMED_QUERY"), "Malformed"),
        (fault(404, "NOT_FOUND"), "NotFound"),
        (reply(414, text="too long"), "TooLong"),
        (reply(431, text="too long"), "TooLong"),
    ],
)
def test_errors_come_as_a_list(
    client: salesforce.Salesforce, org: Org, answer: Reply, name: str
) -> None:
    org.service.on("GET", f"{DATA}/sobjects/Account/Ext__c/7", answer)
    with pytest.raises(salesforce.SalesforceError) as caught:
        client.records.get_by(object_="Account", field="Ext__c", value="7")
    assert isinstance(caught.value, getattr(salesforce, name))
    assert type(caught.value).__name__ == name
    assert caught.value.attempts == 1


def test_a_locked_row_is_tried_again_where_nothing_was_done(
    client: salesforce.Salesforce, org: Org
) -> None:
    locked = fault(400, "UNABLE_TO_LOCK_ROW")
    path = f"{DATA}/sobjects/Account/1"
    org.service.on("DELETE", path, locked, reply(204))
    org.service.on("PATCH", path, locked)
    client.records.delete(object_="Account", id_="1")
    with pytest.raises(salesforce.Locked):
        client.records.update(object_="Account", id_="1", body={"Name": "x"})
    assert len(org.service.calls("DELETE", path)) == 2
    assert len(org.service.calls("PATCH", path)) == 1


def test_several_requests_travel_in_one(client: salesforce.Salesforce, org: Org) -> None:
    told = {"compositeResponse": [{"referenceId": "a", "httpStatusCode": 201, "body": {"id": 1}}]}
    org.service.on("POST", f"{DATA}/composite", reply(json=told))
    (result,) = client.composite.run(
        all_or_none=True,
        composite_request=[
            {
                "method": "POST",
                "url": f"{DATA}/sobjects/Account",
                "referenceId": "a",
                "body": {"Name": "x"},
            }
        ],
    )
    assert (result.reference_id, result.http_status_code) == ("a", 201)


def test_an_async_client_goes_on_with_the_stored_sign_in(
    client: salesforce.Salesforce, org: Org, store: MemoryStore
) -> None:
    org.service.on("GET", f"{DATA}/limits", reply(json={"a": 1}))

    async def ask() -> Any:
        async def reroute(request: httpx.Request) -> httpx.Response:
            assert str(request.url).startswith(INSTANCE)
            url = request.url.copy_with(
                scheme="http", host="127.0.0.1", port=urlsplit(org.service.url).port
            )
            async with httpx.AsyncClient() as inner:
                return await inner.request(request.method, url, headers=request.headers)

        async with (
            httpx.AsyncClient(transport=httpx.MockTransport(reroute)) as http_client,
            salesforce.AsyncSalesforce(
                client_id="an-id",
                client_secret="a-secret",
                http_client=http_client,
                token_store=store,
            ) as async_client,
        ):
            return await async_client.limits.get()

    assert asyncio.run(ask()) == {"a": 1}
    assert org.given == 1
