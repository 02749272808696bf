"""A consent with names of its own, tokens for personal data, rates, packed reports."""

from __future__ import annotations

import gzip
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
    import amazon_seller_connector as amazon
else:
    amazon = CompiledPackage("amazon_seller")

ORDERS = "/orders/v0/orders"
REPORTS = "/reports/2021-06-30"
REDIRECT = "http://127.0.0.1:8400/callback"


@pytest.fixture
def seller(service: ScriptedService) -> ScriptedService:
    def token(request: Request) -> Reply:
        asked = parse_qs(request.body.decode())
        assert asked["code"] == ["the-code"]
        return reply(json={"access_token": "Atza|1", "refresh_token": "Atzr|1", "expires_in": 3600})

    service.on("POST", "/auth/o2/token", token)
    return service


def options(**more: Any) -> dict[str, Any]:
    return {
        "application_id": "amzn1.sp.solution.1",
        "client_id": "an-id",
        "client_secret": "a-secret",
        "token_store": MemoryStore(),
        "backoff": None,
        **more,
    }


@pytest.fixture
def transport(seller: ScriptedService) -> Rerouted:
    return Rerouted(seller.url)


@pytest.fixture
def client(transport: Rerouted) -> Iterator[amazon.AmazonSeller]:
    with (
        httpx.Client(transport=transport) as http_client,
        amazon.AmazonSeller(**options(http_client=http_client)) as client,
    ):
        signed_in(client)
        yield client


def signed_in(client: amazon.AmazonSeller) -> None:
    sign_in, pending = SignIn(client), PendingSignIn(REDIRECT)
    url = urlsplit(sign_in.url(pending))
    assert (url.hostname, url.path) == ("sellercentral.amazon.com", "/apps/authorize/consent")
    asked = parse_qs(url.query)
    assert asked["application_id"] == ["amzn1.sp.solution.1"]
    assert asked["version"] == ["beta"]
    answer = {"spapi_oauth_code": "the-code", "selling_partner_id": "A1", "state": pending.state}
    kept = sign_in.finish(pending, answer)
    assert kept.captured == {"selling_partner_id": "A1"}


def order(number: int) -> dict[str, Any]:
    told = {"OrderStatus": "Shipped", "PurchaseDate": "2026-01-02T03:04:05Z"}
    return {"AmazonOrderId": f"1-{number}", **told}


def test_the_region_and_the_environment_choose_the_host() -> None:
    for given, host in (
        ({}, "https://sellingpartnerapi-na.amazon.com"),
        ({"region": "eu"}, "https://sellingpartnerapi-eu.amazon.com"),
        (
            {"region": "fe", "environment": "sandbox"},
            "https://sandbox.sellingpartnerapi-fe.amazon.com",
        ),
    ):
        with amazon.AmazonSeller(**options(**given)) as client:
            assert host in repr(client)


def test_lists_follow_the_token_in_the_payload(
    client: amazon.AmazonSeller, seller: ScriptedService, transport: Rerouted
) -> None:
    first = {"payload": {"Orders": [order(1), order(2)], "NextToken": "2YgYW55IGNhcm=="}}
    seller.on("GET", ORDERS, reply(json=first), reply(json={"payload": {"Orders": [order(3)]}}))
    found = client.orders.list(marketplace_ids=["ATVPDKIKX0DER", "A2EUQ1WTGCTBG2"])
    assert [each.amazon_order_id for each in found] == ["1-1", "1-2", "1-3"]
    calls = seller.calls("GET", ORDERS)
    asked = [parse_qs(call.query) for call in calls]
    assert asked[0] == {"MarketplaceIds": ["ATVPDKIKX0DER,A2EUQ1WTGCTBG2"]}
    assert asked[1]["NextToken"] == ["2YgYW55IGNhcm=="]
    assert calls[0].header("x-amz-access-token") == "Atza|1"
    assert calls[0].header("Authorization") is None
    assert transport.origins[0] == "https://api.amazon.com"


def test_personal_data_takes_a_token_for_that_path(
    client: amazon.AmazonSeller, seller: ScriptedService
) -> None:
    path = f"{ORDERS}/1-1/address"
    seller.on(
        "POST",
        "/tokens/2021-03-01/restrictedDataToken",
        reply(json={"restrictedDataToken": "Atz.sprdt|1", "expiresIn": 3600}),
    )
    seller.on("GET", path, reply(json={"payload": {"ShippingAddress": {"City": "London"}}}))
    assert client.orders.address(order_id="1-1").city == "London"
    (asked,) = seller.calls("POST", "/tokens/2021-03-01/restrictedDataToken")
    assert asked.json() == {"restrictedResources": [{"method": "GET", "path": path}]}
    assert asked.header("x-amz-access-token") == "Atza|1"
    (called,) = seller.calls("GET", path)
    assert called.header("x-amz-access-token") == "Atz.sprdt|1"


def test_a_rate_is_told_and_no_time_to_wait(transport: Rerouted, seller: ScriptedService) -> None:
    limited = {"errors": [{"code": "QuotaExceeded", "message": "You exceeded your quota."}]}
    rate = {"x-amzn-RateLimit-Limit": "0.0167"}
    seller.on("GET", f"{ORDERS}/1-1/orderItems", reply(429, json=limited, headers=rate))
    with (
        httpx.Client(transport=transport) as http_client,
        amazon.AmazonSeller(**options(http_client=http_client, deadline=5)) as client,
    ):
        signed_in(client)
        with pytest.raises(amazon.RateLimited) as caught:
            list(client.orders.items.list(order_id="1-1"))
    assert caught.value.retry_after_seconds is not None
    assert round(caught.value.retry_after_seconds) == 60


def test_a_report_is_made_fetched_from_elsewhere_and_unpacked(
    client: amazon.AmazonSeller, seller: ScriptedService, transport: Rerouted
) -> None:
    def report(status: str, **more: Any) -> Reply:
        return reply(json={"reportId": "7", "processingStatus": status, **more})

    seller.on("POST", f"{REPORTS}/reports", reply(202, json={"reportId": "7"}))
    seller.on(
        "GET",
        f"{REPORTS}/reports/7",
        report("IN_PROGRESS"),
        report("DONE", reportDocumentId="doc-1"),
    )
    job = client.reports.create(report_type="GET_FLAT_FILE", marketplace_ids=["A"])
    assert [job.poll(), job.poll()] == [False, True]
    made = job.result()
    assert made.report_document_id == "doc-1"
    link = "https://tortuga-prod-na.s3.amazonaws.com/doc?X-Amz-Signature=abc"
    document = {"reportDocumentId": "doc-1", "url": link, "compressionAlgorithm": "GZIP"}
    seller.on("GET", f"{REPORTS}/documents/doc-1", reply(json=document))
    packed = gzip.compress(b"sku\tquantity\nA\t1\n")
    seller.on("GET", "/doc", reply(content=packed, content_type="text/tab-separated-values"))
    with client.reports.download(document_id="doc-1") as download:
        assert download.read() == b"sku\tquantity\nA\t1\n"
    (fetched,) = seller.calls("GET", "/doc")
    assert fetched.header("x-amz-access-token") is None
    assert transport.origins[-1] == "https://tortuga-prod-na.s3.amazonaws.com"


def test_a_report_that_is_given_up_says_so(
    client: amazon.AmazonSeller, seller: ScriptedService
) -> None:
    seller.on("POST", f"{REPORTS}/reports", reply(202, json={"reportId": "8"}))
    told = {"reportId": "8", "processingStatus": "FATAL"}
    seller.on("GET", f"{REPORTS}/reports/8", reply(json=told))
    with pytest.raises(amazon.JobFailed):
        client.reports.create(report_type="X", marketplace_ids=["A"]).poll()
