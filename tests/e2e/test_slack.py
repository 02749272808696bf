"""An API that answers 200 to everything: its `ok` and `error` decide."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ferrule_runtime.sign_in import PendingSignIn, SignIn
from ferrule_runtime.stores import MemoryStore
from tests.e2e.compiled import CompiledPackage
from tests.services.rerouted import Rerouted
from tests.services.scripted import Reply, ScriptedService, reply

if TYPE_CHECKING:
    import slack_connector as slack
else:
    slack = CompiledPackage("slack")


@pytest.fixture
def client(service: ScriptedService) -> Iterator[slack.Slack]:
    with slack.Slack(bot_token="xoxb-1-secret", base_url=service.url, backoff=None) as client:
        yield client


def fault(code: str, **more: Any) -> Reply:
    return reply(json={"ok": False, "error": code, **more})


def test_the_token_goes_into_the_header(client: slack.Slack, service: ScriptedService) -> None:
    said = {"ok": True, "url": "https://a.slack.com/", "team": "A", "user": "bot"}
    service.on("POST", "/auth.test", reply(json={**said, "team_id": "T1", "user_id": "U1"}))
    assert client.auth.test().user_id == "U1"
    (call,) = service.requests
    assert call.header("Authorization") == "Bearer xoxb-1-secret"
    assert client.test_connection().ok


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("channel_not_found", "NotFound"),
        ("user_not_found", "NotFound"),
        ("missing_scope", "Forbidden"),
        ("invalid_auth", "Unauthorized"),
        ("token_revoked", "ReconnectRequired"),
        ("msg_too_long", "SlackError"),
    ],
)
def test_a_200_that_says_no_is_an_error(
    client: slack.Slack, service: ScriptedService, code: str, name: str
) -> None:
    refusal = fault(code, response_metadata={"messages": ["[ERROR] look here"]})
    service.on("POST", "/chat.postMessage", refusal)
    with pytest.raises(slack.SlackError) as caught:
        client.chat.post_message(channel="C1", text="hello")
    error = caught.value
    assert type(error) is getattr(slack, name)
    assert (error.status_code, error.code, error.attempts) == (200, code, 1)
    assert error.details == ["[ERROR] look here"]
    assert len(service.requests) == 1


def test_a_code_may_come_under_any_status(client: slack.Slack, service: ScriptedService) -> None:
    denied = reply(403, json={"ok": False, "error": "channel_not_found"})
    service.on("POST", "/chat.postMessage", denied)
    with pytest.raises(slack.NotFound) as caught:
        client.chat.post_message(channel="C1", text="hello")
    # Whoever waits for the class of the status gets it too.
    assert isinstance(caught.value, slack.Forbidden)


def test_a_limited_call_is_sent_again(client: slack.Slack, service: ScriptedService) -> None:
    posted = {"ok": True, "channel": "C1", "ts": "1.2", "message": {"type": "message", "ts": "1.2"}}
    service.on(
        "POST",
        "/chat.postMessage",
        reply(429, json={"ok": False, "error": "ratelimited"}, headers={"Retry-After": "0"}),
        fault("ratelimited"),
        reply(json=posted),
    )
    sent = client.chat.post_message(channel="C1", text="once")
    assert sent.ts == "1.2"
    assert [call.json() for call in service.requests] == [{"channel": "C1", "text": "once"}] * 3


def test_a_passing_fault_is_tried_again_where_nothing_was_done(
    client: slack.Slack, service: ScriptedService
) -> None:
    service.on("GET", "/users.list", fault("internal_error"), reply(json={"ok": True}))
    service.on("POST", "/chat.postMessage", fault("internal_error"))
    assert list(client.users.list()) == []
    with pytest.raises(slack.Unavailable) as caught:
        client.chat.post_message(channel="C1", text="hello")
    assert caught.value.is_retry_safe is False
    assert len(service.calls("GET", "/users.list")) == 2
    assert len(service.calls("POST", "/chat.postMessage")) == 1


def test_cursors_are_followed(client: slack.Slack, service: ScriptedService) -> None:
    def page(names: str, cursor: str) -> Reply:
        channels = [{"id": f"C{name}", "name": name} for name in names]
        metadata = {"next_cursor": cursor}
        return reply(json={"ok": True, "channels": channels, "response_metadata": metadata})

    service.on("GET", "/conversations.list", page("ab", "dXNl=="), page("c", ""))
    channels = client.conversations.list(
        types=["public_channel", "im"], exclude_archived=True, page_size=2
    )
    assert [channel.name for channel in channels] == ["a", "b", "c"]
    first, second = (parse_qs(call.query) for call in service.requests)
    asked = {"types": ["public_channel,im"], "exclude_archived": ["true"], "limit": ["2"]}
    assert first == asked
    assert second == {**asked, "cursor": ["dXNl=="]}


def test_a_page_that_says_no_ends_the_walk_with_an_error(
    client: slack.Slack, service: ScriptedService
) -> None:
    message = {"type": "message", "ts": "1.0", "text": "hi"}
    page = {"ok": True, "messages": [message], "response_metadata": {"next_cursor": "abc"}}
    service.on("GET", "/conversations.history", reply(json=page), fault("not_in_channel"))
    history = iter(client.conversations.history(channel="C1"))
    assert next(history).text == "hi"
    with pytest.raises(slack.Forbidden) as caught:
        next(history)
    assert caught.value.code == "not_in_channel"


def test_a_cursor_that_comes_back_ends_the_walk(
    client: slack.Slack, service: ScriptedService
) -> None:
    page = {"ok": True, "members": [], "response_metadata": {"next_cursor": "same"}}
    service.on("GET", "/users.list", reply(json=page))
    with pytest.raises(slack.PagingLoop):
        list(client.users.list())
    assert len(service.requests) <= 3


def test_a_person_signs_in_and_the_token_is_nested(service: ScriptedService) -> None:
    person = {"id": "U1", "access_token": "xoxp-1", "token_type": "user"}
    bot = {"access_token": "xoxb-1", "token_type": "bot", "team": {"id": "T1", "name": "Acme"}}
    refused = fault("invalid_code")
    service.on(
        "POST",
        "/api/oauth.v2.access",
        refused,
        reply(json={"ok": True, "authed_user": person, **bot}),
    )
    service.on("GET", "/api/users.list", reply(json={"ok": True, "members": []}))
    with (
        httpx.Client(transport=Rerouted(service.url)) as http_client,
        slack.Slack(
            client_id="an-id",
            client_secret="a-secret",
            http_client=http_client,
            token_store=MemoryStore(),
        ) as client,
    ):
        sign_in, pending = SignIn(client), PendingSignIn("https://here.example/callback")
        asked = parse_qs(urlsplit(sign_in.url(pending)).query)
        assert asked["user_scope"] == ["channels:read,chat:write"]
        assert "code_challenge" not in asked
        answer = {"code": "c", "state": pending.state}
        with pytest.raises(slack.SlackError) as caught:
            sign_in.finish(pending, answer)
        assert caught.value.code == "invalid_code"
        assert sign_in.finish(pending, answer).captured == {"team_id": "T1"}
        assert list(client.users.list()) == []
    # The bot's token lies beside the person's, and is not the one that is meant.
    assert service.requests[-1].header("Authorization") == "Bearer xoxp-1"


def test_the_same_without_blocking(service: ScriptedService) -> None:
    channel = {"id": "C1", "created": 1_700_000_000}
    service.on(
        "GET",
        "/conversations.list",
        reply(json={"ok": True, "channels": [channel], "response_metadata": {"next_cursor": "n"}}),
        fault("ratelimited"),
        reply(json={"ok": True, "channels": [channel]}),
    )
    service.on("POST", "/auth.test", fault("account_inactive"))

    async def main() -> None:
        async with slack.AsyncSlack(
            bot_token="xoxb-1-secret", base_url=service.url, backoff=None
        ) as client:
            years = [
                channel.created.year
                async for channel in client.conversations.list()
                if channel.created
            ]
            assert years == [2023, 2023]
            outcome = await client.test_connection()
            assert not outcome.ok
            assert isinstance(outcome.error, slack.ReconnectRequired)
            assert outcome.message == "account_inactive"

    asyncio.run(main())


def test_a_file_goes_to_where_the_service_says_without_the_token(
    client: slack.Slack, service: ScriptedService, other_service: ScriptedService
) -> None:
    told = {"ok": True, "upload_url": f"{other_service.url}/upload/v1/ABC", "file_id": "F1"}
    service.on("GET", "/files.getUploadURLExternal", reply(json=told))
    other_service.on("POST", "/upload/v1/ABC", reply(text="OK - 5"))
    done = {"ok": True, "files": [{"id": "F1", "title": "t"}]}
    service.on("POST", "/files.completeUploadExternal", reply(json=done))
    files = client.files.upload(filename="a b.txt", content=b"hello", length=5, title="t")
    assert [file.id for file in files] == ["F1"]
    first, last = service.requests
    assert parse_qs(first.query) == {"filename": ["a b.txt"], "length": ["5"]}
    (upload,) = other_service.requests
    assert (upload.body, upload.header("Authorization")) == (b"hello", None)
    assert last.json() == {"files": [{"id": "F1", "title": "t"}]}
    assert last.header("Authorization") == "Bearer xoxb-1-secret"


def test_an_upload_that_is_refused_is_an_error(
    client: slack.Slack, service: ScriptedService, other_service: ScriptedService
) -> None:
    told = {"ok": True, "upload_url": f"{other_service.url}/upload/v1/ABC", "file_id": "F1"}
    service.on("GET", "/files.getUploadURLExternal", reply(json=told))
    other_service.on("POST", "/upload/v1/ABC", reply(text="FAILED"))
    with pytest.raises(slack.SlackError):
        client.files.upload(filename="a", content=b"hello", length=5)
    assert len(service.requests) == 1


def test_only_what_slack_has_signed_lately_is_an_event() -> None:
    message = {"type": "message", "ts": "1.2", "text": "hi", "user": "U1"}
    told = {"type": "event_callback", "event_id": "Ev1", "event": message}
    body, now = json.dumps(told).encode(), 1_700_000_000
    digest = hmac.new(b"signing", b"v0:1700000000:" + body, hashlib.sha256).hexdigest()
    headers = {"X-Slack-Signature": f"v0={digest}", "X-Slack-Request-Timestamp": str(now)}
    event = slack.triggers.events(body, headers, signing_secret="signing", now=now + 5)
    assert (event.id, event.type) == ("Ev1", "message")
    assert isinstance(event.data, slack.Message)
    for changed in (body + b" ", body.replace(b"hi", b"ho")):
        with pytest.raises(slack.WebhookRefused):
            slack.triggers.events(changed, headers, signing_secret="signing", now=now + 5)
    with pytest.raises(slack.WebhookRefused, match="allowed"):
        slack.triggers.events(body, headers, signing_secret="signing", now=now + 301)
    with pytest.raises(slack.WebhookRefused):
        slack.triggers.events(body, headers, signing_secret="another", now=now + 5)
