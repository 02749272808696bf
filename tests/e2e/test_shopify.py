"""A token in a header of its own, opaque pages, a bucket told by a fraction, GraphQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import shopify_connector as shopify
else:
    shopify = CompiledPackage("shopify")

PRODUCTS = "/admin/api/2024-10/products.json"
GRAPHQL = "/admin/api/2024-10/graphql.json"


def options(service: ScriptedService) -> dict[str, Any]:
    return {
        "shop": "acme",
        "access_token": "shpat_1-secret",
        "base_url": f"{service.url}/admin",
        "backoff": None,
    }


@pytest.fixture
def client(service: ScriptedService) -> Iterator[shopify.Shopify]:
    with shopify.Shopify(**options(service)) as client:
        yield client


def products(*numbers: int, link: str | None = None, used: int = 1) -> Reply:
    headers = {"X-Shopify-Shop-Api-Call-Limit": f"{used}/40"}
    if link is not None:
        headers["Link"] = link
    found = [{"id": number, "title": f"product {number}"} for number in numbers]
    return reply(json={"products": found}, headers=headers)


def orders(*names: str, after: str | None = None, cost: int = 3) -> Reply:
    nodes = [
        {"id": f"gid://shopify/Order/{name}", "name": name, "createdAt": "2026-01-02T03:04:05Z"}
        for name in names
    ]
    page = {"hasNextPage": after is not None, "endCursor": after}
    throttle = {"maximumAvailable": 2000, "currentlyAvailable": 1990, "restoreRate": 100}
    told = {"requestedQueryCost": 60, "actualQueryCost": cost, "throttleStatus": throttle}
    data = {"orders": {"nodes": nodes, "pageInfo": page}}
    return reply(json={"data": data, "extensions": {"cost": told}})


def refused(code: str, message: str) -> Reply:
    return reply(json={"errors": [{"message": message, "extensions": {"code": code}}]})


def test_the_token_goes_into_a_header_of_its_own(
    client: shopify.Shopify, service: ScriptedService
) -> None:
    service.on(
        "GET", "/admin/api/2024-10/shop.json", reply(json={"shop": {"id": 1, "name": "Acme"}})
    )
    assert client.shop.get().name == "Acme"
    assert client.test_connection().ok
    for call in service.requests:
        assert call.header("X-Shopify-Access-Token") == "shpat_1-secret"
        assert call.header("Authorization") is None


def test_the_shop_is_found_in_what_people_paste() -> None:
    for pasted in ("acme", "https://acme.myshopify.com", "acme.myshopify.com"):
        with shopify.Shopify(shop=pasted, access_token="t") as client:
            assert "https://acme.myshopify.com/admin" in repr(client)
    with pytest.raises(shopify.ConfigurationError, match="shop"):
        shopify.Shopify(shop="evil.example/", access_token="t")


def test_the_next_page_is_asked_for_as_the_service_wrote_it(
    client: shopify.Shopify, service: ScriptedService
) -> None:
    target = "limit=2&page_info=eyJsYXN0X2lkIjoy%2BfQ%3D%3D"
    before = f'<{service.url}{PRODUCTS}?page_info=before>; rel="previous", '
    link = f'{before}<{service.url}{PRODUCTS}?{target}>; rel="next"'
    service.on("GET", PRODUCTS, products(1, 2, link=link), products(3))
    found = client.products.list(status="active", page_size=2)
    assert [each.id for each in found] == [1, 2, 3]
    first, second = service.requests
    assert first.query == "status=active&limit=2"
    # Nothing beside `page_info` and `limit` is taken there, the filters of the first page neither.
    assert second.query == target


def test_a_page_on_another_host_is_not_followed(
    client: shopify.Shopify, service: ScriptedService, other_service: ScriptedService
) -> None:
    link = f'<{other_service.url}{PRODUCTS}?page_info=x>; rel="next"'
    service.on("GET", PRODUCTS, products(1, link=link))
    with pytest.raises(shopify.ShopifyError):
        list(client.products.list())
    assert other_service.requests == []


def test_a_429_says_how_long(client: shopify.Shopify, service: ScriptedService) -> None:
    limited = reply(
        429,
        json={"errors": "Exceeded 2 calls per second for api client."},
        headers={"Retry-After": "0"},
    )
    service.on("GET", "/admin/api/2024-10/products/1.json", limited, reply(404))
    with pytest.raises(shopify.NotFound) as caught:
        client.products.get(id_=1)
    assert caught.value.attempts == 2


def test_a_query_pages_by_its_variables(client: shopify.Shopify, service: ScriptedService) -> None:
    service.on("POST", GRAPHQL, orders("#1", "#2", after="c2"), reply(502), orders("#3"))
    found = client.orders.search(query="tag:vip", page_size=2)
    assert [each.name for each in found] == ["#1", "#2", "#3"]
    first, *_, last = (call.json() for call in service.requests)
    assert first["query"] == last["query"]
    assert "orders(first: $first" in first["query"]
    assert first["variables"] == {"query": "tag:vip", "first": 2}
    assert last["variables"] == {"query": "tag:vip", "first": 2, "after": "c2"}


def test_a_200_may_be_a_limit_or_an_error(
    client: shopify.Shopify, service: ScriptedService
) -> None:
    service.on("POST", GRAPHQL, refused("THROTTLED", "Throttled"), orders("#1"))
    assert len(list(client.orders.search())) == 1
    service.on("POST", GRAPHQL, refused("ACCESS_DENIED", "Access denied for orders field."))
    with pytest.raises(shopify.Forbidden, match="Access denied"):
        list(client.orders.search())
    service.on("POST", GRAPHQL, reply(json={"errors": [{"message": "Parse error on line 1"}]}))
    with pytest.raises(shopify.ShopifyError, match="Parse error"):
        list(client.orders.search())


def test_what_a_query_has_cost_is_kept_from_the_budget(
    client: shopify.Shopify, service: ScriptedService
) -> None:
    service.on("POST", GRAPHQL, orders("#1", cost=1025), orders("#2", cost=2000), orders("#3"))
    service.on("GET", PRODUCTS, products(1))
    began = time.monotonic()
    list(client.orders.search())
    list(client.orders.search())
    # The second will cost as much, and fifty points are missing; a hundred come in a second.
    assert time.monotonic() - began >= 0.4
    # The third has ten seconds to wait; the other bucket knows nothing of it.
    with pytest.raises(shopify.Timeout):
        list(client.with_options(deadline=5.0).orders.search())
    assert list(client.with_options(deadline=5.0).products.list())


def test_the_call_limit_of_an_answer_is_believed(
    client: shopify.Shopify, service: ScriptedService
) -> None:
    path = "/admin/api/2024-10/shop.json"
    told = reply(
        json={"shop": {"id": 1, "name": "Acme"}},
        headers={"X-Shopify-Shop-Api-Call-Limit": "40/40"},
    )
    service.on("GET", path, told)
    began = time.monotonic()
    client.shop.get()
    client.shop.get()
    # Another program has used the bucket up; two calls leak out of it in a second.
    assert time.monotonic() - began >= 0.4


def test_the_same_without_blocking(service: ScriptedService) -> None:
    def answer(request: Request) -> Reply:
        return orders("#2") if "after" in request.json()["variables"] else orders("#1", after="c")

    service.on("POST", GRAPHQL, answer)

    async def walk() -> list[str]:
        async with shopify.AsyncShopify(**options(service)) as client:
            return [each.name async for each in client.orders.search()]

    assert asyncio.run(walk()) == ["#1", "#2"]
