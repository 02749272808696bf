"""Pages by Link header, a status with two meanings, answers of a status alone, ETags, downloads."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import parse_qs

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.e2e.compiled import CompiledPackage
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import github_connector as github
else:
    github = CompiledPackage("github")


class Place(TypedDict):
    owner: str
    repo: str


HELLO: Place = {"owner": "octocat", "repo": "hello"}


@pytest.fixture
def client(service: ScriptedService) -> Iterator[github.GitHub]:
    with github.GitHub(api_token="ghp_secret", base_url=service.url, backoff=None) as client:
        yield client


def test_an_app_signs_for_the_token_of_its_installation(service: ScriptedService) -> None:
    key = rsa.generate_private_key(65537, 2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    given = 0

    def token(request: Request) -> Reply:
        nonlocal given
        signed = (request.header("Authorization") or "").removeprefix("Bearer ")
        claims = jwt.decode(signed, key.public_key(), algorithms=["RS256"])
        assert claims["iss"] == "Iv1.app"
        assert claims["exp"] - claims["iat"] <= 600
        given += 1
        ends_at = datetime.now(UTC) + timedelta(hours=1)
        return reply(
            201, json={"token": f"ghs_{given}", "expires_at": f"{ends_at:%Y-%m-%dT%H:%M:%SZ}"}
        )

    def user(request: Request) -> Reply:
        is_latest = request.header("Authorization") == f"Bearer ghs_{given}"
        found = {"id": 1, "login": "app[bot]", "type": "Bot"}
        return reply(json=found) if is_latest and given != 1 else reply(401, json={"message": "no"})

    service.on("POST", "/app/installations/42/access_tokens", token)
    service.on("GET", "/user", user)
    with github.GitHub(
        app_id="Iv1.app", private_key=pem.decode(), installation_id="42", base_url=service.url
    ) as app:
        # The first token is refused, so that the app signs for another one; then it is kept.
        assert [app.me().login for _ in range(3)] == ["app[bot]"] * 3
    assert given == 2
    wrong = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    service.on("POST", "/app/installations/42/access_tokens", reply(401, json={"message": "bad"}))
    with (
        github.GitHub(
            app_id="Iv1.app", private_key=wrong.decode(), installation_id="42", base_url=service.url
        ) as app,
        pytest.raises(github.Unauthorized) as caught,
    ):
        app.me()
    assert "PRIVATE KEY" not in str(caught.value) + repr(caught.value)


def issue(number: int, **more: Any) -> dict[str, Any]:
    told = {"id": number, "number": number, "title": f"issue {number}", "state": "open"}
    times = {"created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z"}
    return {**told, **times, "labels": [{"name": "bug"}], **more}


def test_every_request_carries_what_the_api_asks_for(
    client: github.GitHub, service: ScriptedService
) -> None:
    service.on("GET", "/user", reply(json={"id": 1, "login": "octocat", "type": "User"}))
    assert client.me().login == "octocat"
    (call,) = service.requests
    assert call.header("Authorization") == "Bearer ghp_secret"
    assert call.header("Accept") == "application/vnd.github+json"
    assert call.header("X-GitHub-Api-Version") == "2022-11-28"


def test_links_are_followed(client: github.GitHub, service: ScriptedService) -> None:
    path = "/repos/octocat/hello/issues"

    def page(request: Request) -> Reply:
        number = int(parse_qs(request.query).get("page", ["1"])[0])
        links = [
            f'<{service.url}{path}?per_page=2&page={number - 1}>; rel="prev"',
            f'<{service.url}{path}?page={number + 1}&state=all>; rel="next"; title="a,b"',
            f'<{service.url}{path}?per_page=2&page=3>; rel="last"',
        ]
        issues = [issue(2 * number - 1), issue(2 * number)]
        given = ", ".join(links if number < 3 else links[:1])
        return reply(json=issues, headers={"Link": given})

    service.on("GET", path, page)
    issues = client.issues.list(**HELLO, state="all", labels=["bug", "help wanted"], page_size=2)
    assert [each.number for each in issues] == [1, 2, 3, 4, 5, 6]
    assert service.requests[0].target == f"{path}?state=all&labels=bug,help%20wanted&per_page=2"
    assert service.requests[1].target == f"{path}?page=2&state=all"


def test_a_link_to_another_origin_is_refused(
    client: github.GitHub, service: ScriptedService, other_service: ScriptedService
) -> None:
    link = f'<{other_service.url}/repos/octocat/hello/issues?page=2>; rel="next"'
    service.on("GET", "/repos/octocat/hello/issues", reply(json=[issue(1)], headers={"Link": link}))
    issues = iter(client.issues.list(**HELLO))
    assert next(issues).number == 1
    with pytest.raises(github.RefusedUrl, match=other_service.url):
        next(issues)
    assert other_service.requests == []


def test_a_403_can_mean_limited(client: github.GitHub, service: ScriptedService) -> None:
    soon = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) - 1)}
    service.on(
        "GET",
        "/repos/octocat/hello",
        reply(403, json={"message": "API rate limit exceeded"}, headers=soon),
        reply(
            403,
            json={"message": "You have exceeded a secondary rate limit."},
            headers={"Retry-After": "0"},
        ),
        reply(json={"id": 1, "name": "hello", "full_name": "octocat/hello", "private": False}),
    )
    assert client.repos.get(**HELLO).full_name == "octocat/hello"
    assert len(service.requests) == 3


def test_a_limit_that_lasts_is_told_and_not_waited_for(
    client: github.GitHub, service: ScriptedService
) -> None:
    later = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + 3000)}
    limited = reply(403, json={"message": "API rate limit exceeded"}, headers=later)
    service.on("GET", "/repos/octocat/hello", limited)
    with pytest.raises(github.RateLimited) as caught:
        client.repos.get(**HELLO)
    assert caught.value.attempts == 1
    assert caught.value.is_retry_safe is True
    assert caught.value.retry_after_seconds is not None
    assert 2000 < caught.value.retry_after_seconds <= 3000


def test_a_403_can_mean_forbidden(client: github.GitHub, service: ScriptedService) -> None:
    headers = {"X-RateLimit-Remaining": "4999", "X-GitHub-Request-Id": "ABCD:1"}
    refusal = reply(403, json={"message": "Resource not accessible"}, headers=headers)
    service.on("GET", "/repos/octocat/hello", refusal)
    with pytest.raises(github.Forbidden) as caught:
        client.repos.get(**HELLO)
    assert not isinstance(caught.value, github.RateLimited)
    assert (caught.value.attempts, caught.value.request_id) == (1, "ABCD:1")
    assert caught.value.message == "Resource not accessible"


def test_what_is_wrong_with_a_body_is_told(client: github.GitHub, service: ScriptedService) -> None:
    problem = {"resource": "Issue", "field": "title", "code": "missing_field"}
    service.on(
        "POST",
        "/repos/octocat/hello/issues",
        reply(422, json={"message": "Validation Failed", "errors": [problem]}),
    )
    with pytest.raises(github.Unprocessable) as caught:
        client.issues.create(**HELLO, title="")
    assert (caught.value.code, caught.value.details) == ("missing_field", [problem])
    assert service.requests[0].json() == {"title": ""}


def test_null_is_sent_and_what_is_left_out_is_not(
    client: github.GitHub, service: ScriptedService
) -> None:
    service.on("PATCH", "/repos/octocat/hello/issues/7", reply(json=issue(7, body=None)))
    assert client.issues.update(**HELLO, number=7, body=None, labels=[]).body is None
    client.issues.update(**HELLO, number=7, body=github.omit, state="closed")
    assert [call.json() for call in service.requests] == [
        {"body": None, "labels": []},
        {"state": "closed"},
    ]


def test_a_status_can_be_the_answer(client: github.GitHub, service: ScriptedService) -> None:
    path = "/user/starred/octocat/hello"
    service.on("GET", path, reply(204), reply(404, json={"message": "Not Found"}))
    service.on("PUT", path, reply(204))
    assert client.stars.check(**HELLO) is True
    assert client.stars.check(**HELLO) is False
    client.stars.add(**HELLO)
    assert service.requests[-1].body == b""


def test_what_has_not_changed_is_not_sent_again(
    client: github.GitHub, service: ScriptedService
) -> None:
    path = "/repos/octocat/hello/issues/7"
    service.on("GET", path, reply(json=issue(7), headers={"ETag": 'W/"a1"'}), reply(304))
    first = client.issues.get(**HELLO, number=7)
    second = client.issues.get(**HELLO, number=7)
    assert first == second
    assert first is not second
    assert [call.header("If-None-Match") for call in service.requests] == [None, 'W/"a1"']


def test_a_redirect_can_be_the_answer(
    client: github.GitHub, service: ScriptedService, other_service: ScriptedService
) -> None:
    url = f"{other_service.url}/octocat/hello/legacy.zip/refs/heads/main?token=ABC"
    path = "/repos/octocat/hello/zipball/feature/one"
    service.on("GET", path, reply(302, headers={"Location": url}))
    assert client.repos.archive_url(**HELLO, ref="feature/one") == url
    assert other_service.requests == []


def test_bytes_are_downloaded(client: github.GitHub, service: ScriptedService) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hello.txt", "hello")
    path = "/repos/octocat/hello/contents/docs/one%20two.zip"
    service.on("GET", path, reply(content=packed.getvalue(), content_type="application/zip"))
    with client.repos.file(**HELLO, path="docs/one two.zip", ref="main") as download:
        content = download.read()
    assert zipfile.ZipFile(io.BytesIO(content)).read("hello.txt") == b"hello"
    (call,) = service.requests
    assert call.header("Accept") == "application/vnd.github.raw+json"
    for climbing in ("docs/../../../../user", "..", ""):
        with pytest.raises(github.InvalidRequest):
            client.repos.file(**HELLO, path=climbing)


def test_a_search_reads_the_items_inside_an_envelope(
    client: github.GitHub, service: ScriptedService
) -> None:
    found = {"total_count": 1, "items": [issue(7)]}
    service.on("GET", "/search/issues", reply(json=found))
    assert [each.number for each in client.search.issues(q="is:open label:bug")] == [7]
    assert service.requests[0].query == "q=is%3Aopen%20label%3Abug&per_page=30"


def test_an_answer_of_another_shape_says_where(
    client: github.GitHub, service: ScriptedService
) -> None:
    service.on("GET", "/repos/octocat/hello/issues", reply(json=[issue(1), issue(2, id="x")]))
    with pytest.raises(github.InvalidResponse, match=r"\$\[1\]\.id") as caught:
        client.issues.list(**HELLO).first_page()
    assert caught.value.action == "issues.list"


def test_the_same_without_blocking(service: ScriptedService) -> None:
    path = "/repos/octocat/hello/issues"
    next_link = f'<{service.url}{path}?page=2>; rel="next"'
    service.on(
        "GET",
        path,
        reply(json=[issue(1)], headers={"Link": next_link}),
        reply(502, text="<html>bad gateway</html>", content_type="text/html"),
        reply(json=[issue(2)]),
    )
    service.on("GET", "/user/starred/octocat/hello", reply(404))

    async def main() -> None:
        async with github.AsyncGitHub(
            api_token="ghp_secret", base_url=service.url, backoff=None
        ) as client:
            numbers = [each.number async for each in client.issues.list(**HELLO)]
            assert numbers == [1, 2]
            assert await client.stars.check(**HELLO) is False

    asyncio.run(main())


def test_issues_of_all_repositories_are_one_list(
    client: github.GitHub, service: ScriptedService
) -> None:
    def repo(number: int, name: str) -> dict[str, Any]:
        told = {"id": number, "name": name, "full_name": f"o/{name}", "private": False}
        return {**told, "owner": {"login": "o"}}

    service.on("GET", "/orgs/o/repos", reply(json=[repo(1, "a"), repo(2, "b"), repo(3, "c")]))
    link = {"Link": f'<{service.url}/repos/o/a/issues?page=2>; rel="next"'}
    pull = issue(2, pull_request={})
    service.on(
        "GET",
        "/repos/o/a/issues",
        reply(json=[issue(1), pull], headers=link),
        reply(json=[issue(3)]),
    )
    service.on("GET", "/repos/o/b/issues", reply(410, json={"message": "Issues are disabled"}))
    service.on("GET", "/repos/o/c/issues", reply(json=[issue(4)]))
    found = list(client.issues.everywhere(org="o", type_="public"))
    assert [(one.number, one.repository) for one in found] == [(1, "o/a"), (3, "o/a"), (4, "o/c")]
    assert "type=public" in service.calls("GET", "/orgs/o/repos")[0].query


def test_a_webhook_is_proven_by_its_body() -> None:
    told = {
        "ref": "refs/heads/main",
        "before": "0",
        "after": "1",
        "repository": {"id": 1, "full_name": "o/a"},
    }
    body = json.dumps(told).encode()
    digest = hmac.new(b"hush", body, hashlib.sha256).hexdigest()
    headers = {
        "X-Hub-Signature-256": f"sha256={digest}",
        "X-GitHub-Event": "push",
        "X-GitHub-Delivery": "d1",
    }
    event = github.triggers.events(body, headers, webhook_secret="hush")
    assert isinstance(event.data, github.PushEvent)
    assert (event.type, event.id, event.data.after) == ("push", "d1", "1")
    with pytest.raises(github.WebhookRefused):
        github.triggers.events(body.replace(b"main", b"evil"), headers, webhook_secret="hush")
