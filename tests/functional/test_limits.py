"""Budgets that depend on a value, on what an answer tells, and on other clients."""

import asyncio
import gc
from types import ModuleType
from typing import Any
from weakref import ref

import pytest

from tests.functional.packages import Face
from tests.services.scripted import ScriptedService, reply


def hurried(client: Any) -> Any:
    """The same client for a call that has to wait for an hour: it gives up instead."""
    return client.with_options(deadline=0.2)


def budget(client: Any) -> Any:
    return client._installation.policy.limiter


class TestLimitsOfValues:
    SPEC = """
    rate_limits:
      default: 1000/second
      posting: [100/second, 1/hour per body.channel]
      shop: 1/hour per path.shop
      nested: 1/hour per body.message.to
    actions:
      posts.create: {post: /posts, limit: posting, body: {channel: string, text?: string}}
      shops.get: {get: "/shops/{shop}", limit: shop}
      mails.send: {post: /mails, limit: nested, body: {.wrap: message, to: string}}
    """

    @pytest.mark.parametrize(
        ("use", "path"),
        [
            (lambda c, value: c.posts.create(channel=value), "/posts"),
            (lambda c, value: c.shops.get(shop=value), "/shops/a"),
            (lambda c, value: c.mails.send(to=value), "/mails"),
        ],
    )
    def test_each_value_has_a_budget_of_its_own(
        self, face: Face, service: ScriptedService, package: ModuleType, use: Any, path: str
    ) -> None:
        for each in ("/posts", "/mails", "/shops/a", "/shops/b"):
            service.on("*", each, reply(204))

        def twice(client: Any) -> Any:
            first = use(client, "a")
            if not asyncio.iscoroutine(first):
                use(client, "b")
                return use(hurried(client), "a")

            async def all_three() -> None:
                await first
                await use(client, "b")
                await use(hurried(client), "a")

            return all_three()

        with pytest.raises(package.Timeout):
            face(twice)
        assert len(service.requests) == 2
        assert len(service.calls(service.requests[0].method, path)) >= 1


class TestCosts:
    SPEC = """
    rate_limit: 100 points/hour
    actions:
      query: {post: /query, replay: safe, cost: $.cost.actual, returns: any}
      header: {get: /header, cost: header.X-Cost, returns: none}
    """

    def test_what_an_answer_tells_is_taken(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("POST", "/query", reply(json={"cost": {"actual": 99.5}}))

        def use(client: Any) -> Any:
            if not face.is_async:
                client.query()
                return hurried(client).query()

            async def both() -> None:
                await client.query()
                await hurried(client).query()

            return both()

        with pytest.raises(package.Timeout):
            face(use)
        assert len(service.requests) == 1

    def test_of_a_header(self, package: ModuleType, service: ScriptedService) -> None:
        service.on("GET", "/header", reply(204, headers={"X-Cost": "99"}), reply(204))
        with package.Acme(base_url=service.url) as client:
            client.header()
            (window,) = client._installation.policy.limiter.lane(("default",)).bounds
            assert window._total == 99


class TestStandardHeaders:
    SPEC = """
    observe: {header.RateLimit: standard, header.RateLimit-Policy: standard}
    actions:
      things.get: {get: /things, returns: none}
    """

    @pytest.mark.parametrize(
        "headers",
        [
            {"RateLimit": '"default";r=0;t=30'},
            {"RateLimit": "limit=10, remaining=0, reset=30"},
            {"RateLimit": '"other";r=5;t=1, "default";r=0;t=30'},
            {"RateLimit-Policy": '"default";q=1;w=3600'},
            {"RateLimit-Policy": '100;w=1, "default";q=1;w=3600', "RateLimit": '"default";r=0;t=9'},
        ],
    )
    def test_the_next_call_waits(
        self, face: Face, service: ScriptedService, package: ModuleType, headers: dict[str, str]
    ) -> None:
        service.on("GET", "/things", reply(204, headers=headers))

        def use(client: Any) -> Any:
            if not face.is_async:
                client.things.get()
                return [hurried(client).things.get() for _ in range(2)]

            async def several() -> None:
                await client.things.get()
                for _ in range(2):
                    await hurried(client).things.get()

            return several()

        with pytest.raises(package.Timeout):
            face(use)
        assert len(service.requests) in (1, 2)

    @pytest.mark.parametrize("value", ["", "nonsense", ";;;", '"x', "r=1" * 5000, '"a";r=;t='])
    def test_what_cannot_be_read_says_nothing(
        self, face: Face, service: ScriptedService, value: str
    ) -> None:
        service.on("GET", "/things", reply(204, headers={"RateLimit": value}))
        assert face(lambda c: c.things.get()) is None


class TestSharedBudgets:
    SPEC = """
    settings: {account: string}
    share: acme:${account}
    rate_limit: 1/hour
    actions:
      things.get: {get: /things, returns: none}
    """

    def test_clients_of_one_name_share_and_others_do_not(
        self, package: ModuleType, service: ScriptedService
    ) -> None:
        service.on("GET", "/things", reply(204))
        options: dict[str, Any] = {"base_url": service.url}
        first = package.Acme(account="a", **options)
        same, other = package.Acme(account="a", **options), package.Acme(account="b", **options)
        with first, same, other:
            assert budget(first) is budget(same)
            first.things.get()
            with pytest.raises(package.Timeout):
                hurried(same).things.get()
            other.things.get()
        assert len(service.requests) == 2

    def test_a_client_borrows_from_another(
        self, package: ModuleType, service: ScriptedService
    ) -> None:
        service.on("GET", "/things", reply(204))
        options: dict[str, Any] = {"base_url": service.url}

        async def borrow(lender: Any) -> None:
            async with package.AsyncAcme(account="y", share_with=lender, **options) as client:
                with pytest.raises(package.Timeout):
                    await hurried(client).things.get()

        with package.Acme(account="x", **options) as lender:
            lender.things.get()
            asyncio.run(borrow(lender))
        with pytest.raises(TypeError, match="share_with"):
            package.Acme(account="z", share_with="lender")

    def test_a_name_that_nobody_uses_is_forgotten(self, package: ModuleType) -> None:
        client = package.Acme(account="gone")
        kept = ref(budget(client))
        del client
        gc.collect()
        assert kept() is None
