"""The universal HTTP connector: any method, any URL, and credentials only where they belong."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from ferrule_runtime.sign_in import PendingSignIn, SignIn
from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Ending
from tests.services.scripted import ScriptedService, reply

if TYPE_CHECKING:
    import http_connector as http
else:
    http = CompiledPackage("http")

KEY = "k3y-s3cret"


@pytest.fixture
def client(service: ScriptedService) -> Iterator[http.Http]:
    with http.Http(api_key=KEY, origins=[service.url], backoff=None) as client:
        yield client


def test_the_key_has_the_scheme_that_was_chosen(
    client: http.Http, service: ScriptedService
) -> None:
    service.on("GET", "/items", reply(json=[1, {"a": None}]))
    assert client.get(url=f"{service.url}/items") == [1, {"a": None}]
    with http.Http(api_key=KEY, scheme="Token", origins=[service.url]) as other:
        other.get(url=f"{service.url}/items")
    sent = [call.header("Authorization") for call in service.requests]
    assert sent == [f"Basic {KEY}", f"Token {KEY}"]


def test_a_name_and_a_password(service: ScriptedService) -> None:
    service.on("GET", "/items", reply(json={}))
    with http.Http(username="ada", password="p:w", origins=[service.url]) as client:
        client.get(url=f"{service.url}/items")
    expected = base64.b64encode(b"ada:p:w").decode()
    assert service.requests[0].header("Authorization") == f"Basic {expected}"


def test_client_credentials_with_scopes_in_one_text(
    service: ScriptedService, other_service: ScriptedService
) -> None:
    other_service.on("POST", "/token", reply(json={"access_token": "t0ken", "expires_in": 3600}))
    service.on("GET", "/items", reply(json=[]))
    with http.Http(
        token_url=f"{other_service.url}/token",
        client_id="app",
        client_secret="s3cret",
        scopes="read write",
        origins=[service.url],
    ) as client:
        client.get(url=f"{service.url}/items")
        client.get(url=f"{service.url}/items")
    (asked,) = other_service.requests
    fields = {"grant_type": ["client_credentials"], "scope": ["read write"]}
    assert parse_qs(asked.body.decode()) == fields
    assert {call.header("Authorization") for call in service.requests} == {"Bearer t0ken"}


def test_a_person_signs_in_and_tokens_are_renewed_where_that_is_said(
    service: ScriptedService, other_service: ScriptedService
) -> None:
    tokens = [
        reply(json={"access_token": "first", "refresh_token": "r1", "expires_in": 3600}),
        reply(json={"access_token": "second", "expires_in": 3600}),
    ]
    other_service.on("POST", "/token", tokens[0])
    other_service.on("POST", "/renew", tokens[1])
    service.on("GET", "/items", reply(401), reply(json=[1]))
    with http.Http(
        authorize_url=f"{other_service.url}/authorize",
        token_url=f"{other_service.url}/token",
        refresh_url=f"{other_service.url}/renew",
        client_id="app",
        client_secret="s3cret",
        scopes="read write",
        token_headers={"X-Tenant": "t1"},
        origins=[service.url],
        auth="authorization_code",
    ) as client:
        pending = PendingSignIn(redirect_uri="http://127.0.0.1:1/callback")
        sign_in = SignIn(client)
        asked = parse_qs(urlsplit(sign_in.url(pending)).query)
        assert (asked["scope"], asked["client_id"]) == (["read write"], ["app"])
        assert asked["code_challenge_method"] == ["S256"]
        sign_in.finish(pending, {"code": "c0de", "state": asked["state"][0]})
        assert client.get(url=f"{service.url}/items") == [1]
    sent = [call.header("Authorization") for call in service.requests]
    assert sent == ["Bearer first", "Bearer second"]
    assert [call.path for call in other_service.requests] == ["/token", "/renew"]
    assert [call.header("X-Tenant") for call in other_service.requests] == ["t1", "t1"]


def test_requests_for_tokens_may_have_further_headers(
    service: ScriptedService, other_service: ScriptedService
) -> None:
    other_service.on("POST", "/token", reply(json={"access_token": "t0ken"}))
    service.on("GET", "/items", reply(json=[]))
    with http.Http(
        token_url=f"{other_service.url}/token",
        client_id="app",
        client_secret="s3cret",
        token_headers={"X-Tenant": "t1", "Accept": "application/vnd.token+json"},
        origins=[service.url],
    ) as client:
        client.get(url=f"{service.url}/items")
    (asked,) = other_service.requests
    assert (asked.header("X-Tenant"), asked.header("Accept")) == (
        "t1",
        "application/vnd.token+json",
    )


def test_headers_and_query_parameters_may_come_twice(
    client: http.Http, service: ScriptedService
) -> None:
    service.on("GET", "/items", reply(json={}))
    client.get(
        url=f"{service.url}/items?fixed=1",
        query=[("tag", "a"), ("tag", "b c"), ("empty", "")],
        headers=[("X-One", "1"), ("X-One", "2"), ("Accept", "application/vnd.api+json")],
    )
    client.get(url=f"{service.url}/items", query={"q": "1"}, headers={"X-Two": "2"})
    first, second = service.requests
    assert first.query == "fixed=1&tag=a&tag=b%20c&empty="
    assert [value for name, value in first.headers if name.lower() == "x-one"] == ["1", "2"]
    assert first.header("Accept") == "application/vnd.api+json"
    assert (second.query, second.header("X-Two")) == ("q=1", "2")


def test_every_method_sends_its_data(client: http.Http, service: ScriptedService) -> None:
    service.on("*", "/items/1", reply(json={"done": True}))
    url = f"{service.url}/items/1"
    json = {"Content-Type": "application/json"}
    client.post(url=url, body='{"a": 1}', headers=json)
    client.put(url=url, body="plain")
    client.patch(url=url, body="ä")
    client.delete(url=url)
    client.post(url=url)
    sent = [(each.method, each.body, each.header("Content-Type")) for each in service.requests]
    assert sent == [
        ("POST", b'{"a": 1}', "application/json"),
        ("PUT", b"plain", "text/plain; charset=utf-8"),
        ("PATCH", "ä".encode(), "text/plain; charset=utf-8"),
        ("DELETE", b"", None),
        ("POST", b"", None),
    ]


def test_fields_and_files_with_names_of_their_own(
    client: http.Http, service: ScriptedService, tmp_path: Path
) -> None:
    service.on("*", "/upload", reply(json={"done": True}))
    path = tmp_path / "report.txt"
    path.write_bytes(b"from a path")
    for method in ("POST", "PUT"):
        client.send_form(
            url=f"{service.url}/upload",
            method=method,
            form_data={"title": "Q3", "tags": ["a", "b"]},
            file_data={"report": path, "picture": ("me.png", b"\x89PNG", "image/png")},
        )
    assert [call.method for call in service.requests] == ["POST", "PUT"]
    body = service.requests[1].body
    assert b'name="title"\r\n\r\nQ3\r\n' in body
    assert body.count(b'name="tags"') == 2
    assert b'name="report"; filename="report.txt"\r\n' in body
    assert b"from a path" in body
    assert b'name="picture"; filename="me.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in body


def test_the_answer_has_the_type_that_was_asked_for(
    client: http.Http, service: ScriptedService
) -> None:
    service.on("GET", "/json", reply(json={"a": 1}))
    service.on("GET", "/text", reply(content="é".encode("latin-1"), content_type=LATIN_1))
    service.on("GET", "/empty", reply(204))
    parsed = client.get(url=f"{service.url}/json")
    assert parsed == {"a": 1}
    text: str = client.get(url=f"{service.url}/text", response_type="text")
    assert text == "é"
    download = client.get(url=f"{service.url}/json", response_type="binary")
    assert download.read() == b'{"a": 1}'
    assert client.get(url=f"{service.url}/empty", response_type="text") == ""
    with pytest.raises(http.InvalidResponse):
        client.get(url=f"{service.url}/text")


LATIN_1 = "text/plain; charset=iso-8859-1"


def test_nothing_is_tried_again_unless_that_is_wanted(
    client: http.Http, service: ScriptedService
) -> None:
    service.on("GET", "/items", reply(503))
    with pytest.raises(http.ServiceUnavailable) as caught:
        client.get(url=f"{service.url}/items")
    assert (caught.value.attempts, len(service.requests)) == (1, 1)


@pytest.mark.parametrize("backoff", [0.001, (0.001, 0.004)])
def test_attempts_are_retries_plus_one(
    client: http.Http, service: ScriptedService, backoff: float | tuple[float, float]
) -> None:
    service.on("GET", "/items", Ending.RESET, reply(500), reply(507), reply(json=[]))
    service.on("GET", "/always", reply(500))
    patient = client.with_options(max_attempts=4, backoff=backoff)
    assert patient.get(url=f"{service.url}/items") == []
    assert len(service.calls("GET", "/items")) == 4
    with pytest.raises(http.ServerError):
        patient.get(url=f"{service.url}/always")
    assert len(service.calls("GET", "/always")) == 4


@pytest.mark.parametrize("status", [302, 400, 404, 408, 429])
def test_all_errors_are_tried_again_only_if_that_is_wanted(
    client: http.Http, service: ScriptedService, status: int
) -> None:
    service.on("GET", "/items", reply(status))
    url = f"{service.url}/items"
    with pytest.raises(http.HttpStatusError):
        client.with_options(max_attempts=3).get(url=url)
    assert len(service.requests) == 1
    with pytest.raises(http.HttpStatusError) as caught:
        client.with_options(max_attempts=3, retry_all_errors=True).get(url=url)
    assert (caught.value.attempts, len(service.requests)) == (3, 4)


def test_an_error_tells_when_to_come_back(client: http.Http, service: ScriptedService) -> None:
    service.on("GET", "/items", reply(429, headers={"Retry-After": "7"}))
    with pytest.raises(http.RateLimited) as caught:
        client.get(url=f"{service.url}/items")
    assert (caught.value.retry_after_seconds, caught.value.attempts) == (7.0, 1)


def test_a_post_is_sent_twice_only_with_a_key(client: http.Http, service: ScriptedService) -> None:
    service.on("POST", "/orders", reply(500), reply(500), reply(json={"id": 1}))
    url, patient = f"{service.url}/orders", client.with_options(max_attempts=3)
    with pytest.raises(http.ServerError) as caught:
        patient.post(url=url, body="one")
    assert (caught.value.attempts, caught.value.is_retry_safe) == (1, False)
    made = patient.post(url=url, body="one", headers={"Idempotency-Key": "order-1"})
    assert made == {"id": 1}
    assert len(service.requests) == 3


def test_a_timeout(client: http.Http, service: ScriptedService) -> None:
    service.on("GET", "/slow", reply(json={}, after_seconds=30))
    with pytest.raises(http.Timeout):
        client.with_options(timeout=0.1).get(url=f"{service.url}/slow")


def test_the_full_response(client: http.Http, service: ScriptedService) -> None:
    service.on("GET", "/items", reply(201, json={"a": 1}, headers={"X-Total": "9"}))
    answer = client.with_raw_response.get(url=f"{service.url}/items")
    assert (answer.status_code, answer.headers["x-total"]) == (201, "9")
    assert (answer.content, answer.parse()) == (b'{"a": 1}', {"a": 1})


def test_requests_are_logged_on_request_and_without_secrets(
    client: http.Http, service: ScriptedService, caplog: pytest.LogCaptureFixture
) -> None:
    service.on("GET", "/items", reply(json={}))
    url = f"{service.url}/items?page=2"
    client.get(url=url)
    assert "http.get" not in caplog.text
    client.with_options(debug=True).get(url=url)
    assert "http.get GET" in caplog.text
    assert "<- 200" in caplog.text
    assert KEY not in caplog.text


def test_any_certificate_is_taken_only_with_a_warning(service: ScriptedService) -> None:
    with pytest.warns(UserWarning, match="any certificate") as met:
        client = http.Http(api_key=KEY, origins=[service.url], verify=False)
    assert Path(met[0].filename) == Path(__file__)
    with client, pytest.warns(UserWarning, match="any certificate"):
        client.with_options(verify=False)
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED


def test_credentials_go_to_listed_origins_only(
    client: http.Http, service: ScriptedService, other_service: ScriptedService
) -> None:
    other_service.on("GET", "/items", reply(json=["public"]))
    for url in (
        f"{other_service.url}/items",
        f"{service.url.replace('127.0.0.1', 'localhost')}/items",
        f"{service.url}@{other_service.url.removeprefix('http://')}/items",
    ):
        with pytest.raises((http.RefusedUrl, http.InvalidRequest)):
            client.get(url=url)
    assert (service.requests, other_service.requests) == ([], [])
    assert client.get(url=f"{other_service.url}/items", auth="none") == ["public"]
    assert other_service.requests[0].header("Authorization") is None


def test_a_client_without_credentials_may_go_anywhere(service: ScriptedService) -> None:
    service.on("GET", "/items", reply(json=[]))
    with http.Http(auth="none") as client:
        assert client.get(url=f"{service.url}/items") == []
    assert service.requests[0].header("Authorization") is None


def test_a_redirect_away_is_not_followed(
    client: http.Http, service: ScriptedService, other_service: ScriptedService
) -> None:
    service.on("GET", "/away", reply(307, headers={"Location": f"{other_service.url}/items"}))
    service.on("GET", "/near", reply(302, headers={"Location": "/items"}))
    service.on("GET", "/items", reply(json=[1]))
    with pytest.raises(http.Redirected):
        client.get(url=f"{service.url}/away")
    assert client.get(url=f"{service.url}/near") == [1]
    assert other_service.requests == []


@pytest.mark.parametrize(
    "url", ["", "items", "file:///etc/passwd", "ftp://a.example/", "http://", "https://a b/"]
)
def test_what_is_no_url_is_refused(client: http.Http, url: str) -> None:
    with pytest.raises(http.InvalidRequest, match="url"):
        client.get(url=url)


def test_the_same_without_blocking(service: ScriptedService) -> None:
    service.on("GET", "/items", reply(503), reply(json=[1]))
    service.on("POST", "/upload", reply(text="thanks"))

    async def main() -> None:
        async with http.AsyncHttp(
            api_key=KEY, origins=[service.url], max_attempts=2, backoff=None
        ) as client:
            assert await client.get(url=f"{service.url}/items") == [1]
            thanks: str = await client.send_form(
                url=f"{service.url}/upload", file_data={"f": b"abc"}, response_type="text"
            )
            assert thanks == "thanks"
            with pytest.raises(http.RefusedUrl):
                await client.get(url="http://127.0.0.1:9/")

    asyncio.run(main())
