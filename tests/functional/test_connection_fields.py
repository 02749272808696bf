"""What connections of integration platforms ask for, said in a spec: a class a group of fields."""

import threading
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, ClassVar
from urllib.parse import parse_qs

import pytest

from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply


def xml(text: str, status: int = 200) -> Reply:
    return reply(status, text=text, content_type="application/xml")


class TestRequestsOfACustomConnector:
    """GET, POST as a read, headers; an empty or a JSON answer; the usual statuses."""

    SPEC = """
    settings: {key: secret}
    auth: {token: {value: "${key}", apply: header.X-Api-Key}}
    headers: {X-Source: integration}
    retry: {backoff: none}
    actions:
      items.get: {get: "/items/{id}", headers: {X-Trace?: string}, returns: Item}
      items.search:
        post: /items/search
        replay: safe
        body: {query: string, secrets?: list(string)}
        returns: list(Item) at $.items
      items.touch: {post: "/items/{id}/touch", returns: none}
    models:
      Item: {id: integer}
    """

    def test_a_post_that_reads_is_sent_again(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/items/search", reply(503), reply(json={"items": [{"id": 1}]}))
        found = face(lambda c: c.items.search(query="x" * 20_000), key="k")
        assert [item.id for item in found] == [1]
        first, second = service.requests
        assert first.json() == second.json() == {"query": "x" * 20_000}
        assert first.header("Content-Type") == "application/json"

    def test_headers(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/items/1", reply(json={"id": 1}))
        face(lambda c: c.items.get(id_="1", x_trace="t"), key="k")
        sent = service.requests[0]
        assert [sent.header(name) for name in ("X-Api-Key", "X-Source", "X-Trace")] == [
            *("k", "integration", "t")
        ]

    def test_an_empty_answer_and_an_object(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/items/1/touch", reply(204))
        assert face(lambda c: c.items.touch(id_="1"), key="k") is None
        service.on("GET", "/items/1", reply(json={"id": 1}))
        assert face(lambda c: c.items.get(id_="1"), key="k").id == 1

    @pytest.mark.parametrize(
        ("status", "kind", "attempts"),
        [
            (400, "BadRequest", 1),
            (401, "Unauthorized", 1),
            (403, "Forbidden", 1),
            (404, "NotFound", 1),
            (500, "ServerError", 4),
            (502, "BadGateway", 4),
            (503, "ServiceUnavailable", 4),
        ],
    )
    def test_statuses(
        self,
        face: Face,
        service: ScriptedService,
        package: ModuleType,
        status: int,
        kind: str,
        attempts: int,
    ) -> None:
        service.on("GET", "/items/1", reply(status))
        with pytest.raises(getattr(package, kind)) as caught:
            face(lambda c: c.items.get(id_="1"), key="k")
        assert (caught.value.status_code, caught.value.attempts) == (status, attempts)


class TestPing:
    """Relative URI, method, success and failure by path and values, the service's own words."""

    SPEC = """
    test:
      put: /ping
      ok: $.status in ("success" | "ok")
      failed: $.Error == "Request_Failed"
      message: $.Error_Description
    actions:
      me: {get: /me}
    """

    @pytest.mark.parametrize(
        ("answer", "is_ok", "message"),
        [
            ({"status": "success"}, True, None),
            ({"status": "ok"}, True, None),
            ({"status": "OK"}, False, None),
            ({"status": "failed"}, False, None),
            ({}, False, None),
            (
                {"status": "ok", "Error": "Request_Failed", "Error_Description": "Try later."},
                *(False, "Try later."),
            ),
        ],
    )
    def test_values(
        self, face: Face, service: ScriptedService, answer: Any, is_ok: bool, message: str | None
    ) -> None:
        service.on("PUT", "/ping", reply(json=answer))
        found = face(lambda c: c.test_connection())
        assert bool(found) is is_ok
        assert message is None or found.message == message


class TestPingOfXml:
    SPEC = """
    test: {get: /ping, ok: $.Response.Status == "success", message: $.Response.Why}
    actions:
      me: {get: /me}
    """

    def test_paths_into_xml(self, face: Face, service: ScriptedService) -> None:
        good = "<Response><Status>success</Status></Response>"
        bad = "<Response><Status>failed</Status><Why>closed</Why></Response>"
        service.on("GET", "/ping", xml(good), xml(bad))
        assert face(lambda c: c.test_connection())
        found = face(lambda c: c.test_connection())
        assert (found.ok, found.message) == (False, "closed")


REFRESH = """
settings: {{encrypted: map(secret), unencrypted: map(string)}}
auth:
  token:
    value: ${{encrypted.token}}
    refresh:
      request:
        {method}: /renew
        headers: {{X-Account: "${{unencrypted.account}}"}}
        {body}
      access_token: {place}
actions:
  me: {{get: /me, returns: any}}
"""


class TestAuthenticationFailure:
    """A status, a path and values that mean: the token is no longer good."""

    SPEC = REFRESH.format(
        method="post",
        body='send: form\n        body: {refresh_token: "${encrypted.refresh_token}"}',
        place="$.data.token",
    ) + (
        "errors:\n  rules:\n"
        '    - {when: status == 200 and $.reason == "Authentication", then: reauthenticate}\n'
        '    - {when: status == 200 and $.status == "failed", then: fail}\n'
    )
    SETTINGS: ClassVar[dict[str, Any]] = {
        "encrypted": {"token": "old", "refresh_token": "r3fresh"},
        "unencrypted": {"account": "acme"},
    }

    def test_the_token_is_renewed_once(self, face: Face, service: ScriptedService) -> None:
        refused = reply(json={"status": "failed", "reason": "Authentication"})
        service.on("GET", "/me", refused, reply(json={"status": "success"}))
        service.on("POST", "/renew", reply(json={"data": {"token": "new"}}))
        assert face(lambda c: c.me(), **self.SETTINGS) == {"status": "success"}
        first, renewed, again = service.requests
        assert (first.header("Authorization"), again.header("Authorization")) == (
            *("Bearer old", "Bearer new"),
        )
        assert parse_qs(renewed.body.decode()) == {"refresh_token": ["r3fresh"]}
        assert renewed.header("X-Account") == "acme"

    def test_another_failure_renews_nothing(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/me", reply(json={"status": "failed", "reason": "Service_Unavailable"}))
        with pytest.raises(package.AcmeError):
            face(lambda c: c.me(), **self.SETTINGS)
        assert len(service.requests) == 1

    def test_no_value_at_the_place_of_the_token_is_a_failure(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/me", reply(401))
        service.on("POST", "/renew", reply(json={"data": {}}))
        with pytest.raises(package.AcmeError):
            face(lambda c: c.me(), **self.SETTINGS)
        assert len(service.calls("GET", "/me")) == 1


class TestRefreshByJson:
    SPEC = REFRESH.format(
        method="put",
        body='send: json\n        body: {grant: {token: "${encrypted.refresh_token}"}}',
        place="$.token",
    )

    def test_put_json(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/me", reply(401), reply(json=1))
        service.on("PUT", "/renew", reply(json={"token": "new"}))
        assert face(lambda c: c.me(), **TestAuthenticationFailure.SETTINGS) == 1
        assert service.requests[1].json() == {"grant": {"token": "r3fresh"}}


class TestRefreshByXml:
    SPEC = REFRESH.format(
        method="post",
        body='send: xml\n        body: {Renew: {Token: "${encrypted.refresh_token}"}}',
        place="$.Session.Token",
    )

    def test_post_xml(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/me", reply(401), reply(json=1))
        service.on("POST", "/renew", xml("<Session><Token>new</Token></Session>"))
        assert face(lambda c: c.me(), **TestAuthenticationFailure.SETTINGS) == 1
        sent = service.requests[1]
        assert sent.header("Content-Type") == "application/xml"
        assert sent.body.endswith(b"<Renew><Token>r3fresh</Token></Renew>")
        assert service.requests[2].header("Authorization") == "Bearer new"


class TestRefreshByGet:
    SPEC = REFRESH.format(
        method="get", body='query: {token: "${encrypted.refresh_token}"}', place="$.token"
    )

    def test_get(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/me", reply(401), reply(json=1))
        service.on("GET", "/renew", reply(json={"token": "new"}))
        assert face(lambda c: c.me(), **TestAuthenticationFailure.SETTINGS) == 1
        assert service.calls("GET", "/renew")[0].query == "token=r3fresh"


class TestTokenPlaces:
    SPEC = """
    settings: {key: secret, scheme: string = Bearer}
    auth:
      one_of:
        header: {token: {value: "${key}", apply: header.X-Token, scheme: "${scheme}"}}
        url: {token: {value: "${key}", apply: query.api_token}}
        body: {token: {value: "${key}", apply: body.token}}
    actions:
      me: {post: /me, body: {a: integer}, returns: any}
    """

    def test_header_url_and_body(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/me", reply(json=1))
        for way in ("header", "url", "body"):
            more = {"scheme": "SSWS"} if way == "header" else {}
            face(lambda c: c.me(a=1), auth=way, key="t", **more)
        by_header, by_url, by_body = service.requests
        assert by_header.header("X-Token") == "SSWS t"
        assert by_url.query == "api_token=t"
        assert by_body.json() == {"a": 1, "token": "t"}


class TestRateLimiting:
    """A status, a path and values that mean: too much; a header of another name says when."""

    SPEC = """
    errors:
      rules:
        - when: status == 400 and $.status == "Throttled"
          then: limited
          wait: header.try-after as milliseconds
    actions:
      me: {post: /me, returns: any}
    """

    def test_a_throttled_call_is_sent_again(self, face: Face, service: ScriptedService) -> None:
        throttled = reply(400, json={"status": "Throttled"}, headers={"try-after": "20"})
        service.on("POST", "/me", throttled, reply(json={"ok": True}))
        assert face(lambda c: c.me()) == {"ok": True}
        assert len(service.requests) == 2

    def test_when_to_come_back_is_told(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        throttled = reply(400, json={"status": "Throttled"}, headers={"try-after": "1000"})
        service.on("POST", "/me", throttled)
        with pytest.raises(package.RateLimited) as caught:
            face(lambda c: c.me(), max_attempts=1)
        assert caught.value.retry_after_seconds == 1.0


class TestConcurrency:
    SPEC = """
    settings: {level?: integer}
    concurrency: ${level}
    actions:
      me: {get: /me, returns: any}
    """

    def met_at_once(self, service: ScriptedService, clients: list[Any]) -> int:
        """The most calls that the service saw at the same time, of sixteen from every client."""
        lock, now, most = threading.Lock(), 0, 0
        together = threading.Barrier(2)

        def answer(_request: Request) -> Reply:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            try:
                together.wait(0.05)
            except threading.BrokenBarrierError:
                together.reset()
            with lock:
                now -= 1
            return reply(json=1)

        service.on("GET", "/me", answer)
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda number: clients[number % len(clients)].me(), range(16)))
        return most

    def test_so_many_at_once_and_no_more(
        self, package: ModuleType, service: ScriptedService
    ) -> None:
        with package.Acme(base_url=service.url, level=2) as client:
            assert self.met_at_once(service, [client]) <= 2

    def test_blank_is_unlimited(self, package: ModuleType, service: ScriptedService) -> None:
        with package.Acme(base_url=service.url) as client:
            assert client._installation.policy.limiter.lane(("default",)) is None

    def test_a_connection_borrows_from_another(
        self, package: ModuleType, service: ScriptedService
    ) -> None:
        with package.Acme(base_url=service.url, level=1, name="lender") as lender:
            borrower = package.Acme(base_url=service.url, share_with=lender, name="borrower")
            with borrower:
                assert self.met_at_once(service, [lender, borrower]) == 1
            assert "borrower" in repr(borrower)


class TestWaitBetweenRequests:
    SPEC = """
    concurrency: 1
    min_interval: 60s
    actions:
      me: {get: /me, returns: any}
    """

    def test_the_second_call_waits(
        self, face: Face, service: ScriptedService, package: ModuleType
    ) -> None:
        service.on("GET", "/me", reply(json=1))

        def use(client: Any) -> Any:
            if not face.is_async:
                return [client.me(), client.with_options(deadline=0.1).me()]

            async def both() -> list[Any]:
                return [await client.me(), await client.with_options(deadline=0.1).me()]

            return both()

        with pytest.raises(package.Timeout):
            face(use)
        assert len(service.requests) == 1
