"""Webhooks against published vectors, and polls that tell everything once."""

import base64
import hashlib
import hmac
import json
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from tests.functional.packages import Face
from tests.services.scripted import ScriptedService, reply

STANDARD_KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SLACK_KEY = "8f742231b10e8888abcd99yyyzzz85a5"
SLACK_BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmib"
    b"IGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)


class TestWebhooks:
    SPEC = """
    settings: {hook_secret?: secret, other?: secret, needed: string}
    headers: {X-Needed: "${needed}"}
    triggers:
      github:
        webhook:
          sign: hmac_sha256
          key: ${hook_secret}
          in: 'header.X-Hub-Signature-256 ~ "sha256=([0-9a-f]+)"'
          type: header.X-GitHub-Event
      slack:
        webhook:
          sign: hmac_sha256
          key: ${hook_secret}
          over: "v0:${timestamp}:${body}"
          in: 'header.X-Slack-Signature ~ "v0=([0-9a-f]+)"'
          timestamp: header.X-Slack-Request-Timestamp
          tolerance: 5m
          type: $.command
      standard:
        webhook:
          sign: hmac_sha256
          key: "${hook_secret | strip whsec_}"
          key_encoding: base64
          over: "${id}.${timestamp}.${body}"
          in: 'header.webhook-signature ~ "v1,([A-Za-z0-9+/=]+)"'
          encoding: base64
          id: header.webhook-id
          timestamp: header.webhook-timestamp
      stripe.events:
        webhook:
          sign: hmac_sha256
          key: ${hook_secret}
          over: "${timestamp}.${body}"
          in: 'header.Stripe-Signature ~ "v1=([0-9a-f]+)"'
          timestamp: 'header.Stripe-Signature ~ "t=([0-9]+)"'
          type: $.type
          data: $.data.object
          id: $.id
          events: {charge.succeeded: Charge, customer.created: Customer}
      square:
        webhook:
          sign: hmac_sha1
          key: ${hook_secret}
          over: "${url}${other}${body}"
          in: header.X-Signature
          encoding: base64
    actions:
      me: {get: /me, returns: none}
    models:
      Charge: {id: string, amount: integer}
      Customer: {id: string}
    """

    def test_github(self, package: ModuleType) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        key = "It's a Secret to Everybody"
        digest = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        headers = {"x-hub-signature-256": f"sha256={digest}", "X-GitHub-Event": "push"}
        event = triggers.github(b"Hello, World!", headers, hook_secret=key)
        assert (event.type, event.data, event.id) == ("push", "Hello, World!", None)
        with pytest.raises(package.WebhookRefused, match="not the service's"):
            triggers.github(b"Hello, World?", headers, hook_secret=key)
        with pytest.raises(package.WebhookRefused, match="no signature"):
            triggers.github(b"Hello, World!", {}, hook_secret=key)
        with pytest.raises(package.WebhookRefused):
            triggers.github(b"Hello, World!", headers, hook_secret=key + "x")

    def test_slack(self, package: ModuleType) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        digest = "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
        headers = {
            "X-Slack-Signature": f"v0={digest}",
            "X-Slack-Request-Timestamp": "1531420618",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        given: dict[str, Any] = {"hook_secret": SLACK_KEY}
        event = triggers.slack(SLACK_BODY, headers, now=1531420618 + 299, **given)
        assert event.type == "/webhook-collect"
        assert event.timestamp == 1531420618
        assert event.data["user_name"] == "roadrunner"
        for late in (301, -301):
            with pytest.raises(package.WebhookRefused, match=r"sent .* ago"):
                triggers.slack(SLACK_BODY, headers, now=1531420618 + late, **given)
        moved = {**headers, "X-Slack-Request-Timestamp": "1531420700"}
        with pytest.raises(package.WebhookRefused, match="not the service's"):
            triggers.slack(SLACK_BODY, moved, now=1531420700, **given)
        with pytest.raises(package.WebhookRefused, match="when it was sent"):
            triggers.slack(SLACK_BODY, {**headers, "X-Slack-Request-Timestamp": "soon"}, **given)

    def test_standard_webhooks(self, package: ModuleType) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        body = b'{"test": 2432232314}'
        headers = {
            "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "webhook-timestamp": "1614265330",
            "webhook-signature": (
                "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= "
                "v2,MzJsNDk4MzI0K2VvdSMjMTEjQEBAQDEyMzMzMzEyMwo= "
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            ),
        }
        event = triggers.standard(body, headers, hook_secret=STANDARD_KEY, now=1614265331)
        assert (event.id, event.data) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", {"test": 2432232314})
        only = {**headers, "webhook-signature": headers["webhook-signature"].rpartition(" ")[0]}
        with pytest.raises(package.WebhookRefused):
            triggers.standard(body, only, hook_secret=STANDARD_KEY, now=1614265331)
        with pytest.raises(package.ConfigurationError, match="the key is not base64"):
            triggers.standard(body, headers, hook_secret="whsec_?", now=1614265331)

    def stripe(
        self, event: dict[str, Any], key: str = "whsec_test"
    ) -> tuple[bytes, dict[str, str]]:
        body = json.dumps(event).encode()
        digest = hmac.new(key.encode(), b"1700000000." + body, hashlib.sha256).hexdigest()
        old = "0" * 64
        return body, {"Stripe-Signature": f"t=1700000000,v1={old},v1={digest},v0={old}"}

    def test_stripe(self, package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        monkeypatch.setenv("ACME_HOOK_SECRET", "whsec_test")
        charge = {"id": "ch_1", "amount": 5, "object": "charge"}
        told = {"id": "evt_1", "type": "charge.succeeded", "data": {"object": charge}}
        event = triggers.stripe_events(*self.stripe(told), now=1700000001)
        assert type(event.data).__name__ == "Charge"
        assert (event.data.amount, event.id, event.type) == (5, "evt_1", "charge.succeeded")
        other = {"id": "evt_2", "type": "unheard.of", "data": {"object": {"x": 1}}}
        assert triggers.stripe_events(*self.stripe(other), now=1700000001).data == {"x": 1}
        wrong = {**told, "data": {"object": {"id": 7}}}
        with pytest.raises(package.InvalidResponse, match=r"\$\.id should be a valid string"):
            triggers.stripe_events(*self.stripe(wrong), now=1700000001)

    def test_a_url_and_a_setting_are_signed(self, package: ModuleType) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        text = b"https://me.example/hook" + b"salt" + b"{}"
        signature = base64.b64encode(hmac.new(b"k", text, hashlib.sha1).digest()).decode()
        given: dict[str, Any] = {"hook_secret": "k", "other": "salt"}
        headers = {"X-Signature": signature}
        event = triggers.square(b"{}", headers, url="https://me.example/hook", **given)
        assert event.data == {}
        with pytest.raises(package.WebhookRefused):
            triggers.square(b"{}", headers, url="https://you.example/hook", **given)

    def test_a_key_that_is_missing_is_a_matter_of_configuration(
        self, package: ModuleType, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        monkeypatch.delenv("ACME_HOOK_SECRET", raising=False)
        with pytest.raises(package.ConfigurationError, match="the key is not given"):
            triggers.github(b"{}", {"X-Hub-Signature-256": "sha256=00"})

    def test_secrets_are_nowhere_in_what_is_raised(self, package: ModuleType) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        key = "a-secret-that-nobody-sees"
        with pytest.raises(package.WebhookRefused) as caught:
            triggers.github(b"{}", {"X-Hub-Signature-256": "sha256=00"}, hook_secret=key)
        assert key not in repr(caught.value) + str(vars(caught.value))


class TestPolls:
    SPEC = """
    paging: {page: query.page}
    triggers:
      tickets.changed:
        poll: {action: tickets.list, cursor: updated_at, id: id, every: 5m}
      newest:
        poll: {action: tickets.newest, cursor: meta.number, id: id, newest_first: true}
    actions:
      tickets.list: {get: /tickets, returns: list(Ticket)}
      tickets.newest: {get: /newest, returns: list(Item)}
    models:
      Ticket: {id: integer, updated_at: datetime}
      Item: {id: integer, meta: {number: integer}}
    """

    def ticket(self, number: int, second: int) -> dict[str, Any]:
        return {"id": number, "updated_at": f"2024-01-01T00:00:{second:02}Z"}

    def poll(self, face: Face, name: str, **where: Any) -> tuple[list[int], str]:
        triggers: Any = import_module("acme_connector.triggers")

        begin = getattr(triggers, f"async_{name}" if face.is_async else name)

        async def poll_async(client: Any) -> Any:
            trigger = begin(client, **where)
            return [one.id for one in await trigger.poll()], trigger.checkpoint

        def poll(client: Any) -> Any:
            trigger = begin(client, **where)
            return [one.id for one in trigger.poll()], trigger.checkpoint

        found: tuple[list[int], str] = face(poll_async if face.is_async else poll)
        return found

    def test_each_thing_is_told_once(self, face: Face, service: ScriptedService) -> None:
        def script(*rows: dict[str, Any]) -> None:
            service.on("GET", "/tickets", reply(json=list(rows)), reply(json=[]))

        script(self.ticket(1, 1), self.ticket(2, 2))
        ids, kept = self.poll(face, "tickets_changed")
        assert ids == []
        script(self.ticket(4, 3), self.ticket(1, 1), self.ticket(2, 2), self.ticket(3, 2))
        ids, kept = self.poll(face, "tickets_changed", checkpoint=kept)
        assert ids == [3, 4], "a thing of the same second is new, and the oldest comes first"
        script(self.ticket(4, 3), self.ticket(3, 2), self.ticket(1, 4))
        ids, kept = self.poll(face, "tickets_changed", checkpoint=kept)
        assert ids == [1], "a thing that has changed is told again"
        ids, again = self.poll(face, "tickets_changed", checkpoint=kept)
        assert (ids, again) == ([], kept)

    def test_all_that_is_there(self, face: Face, service: ScriptedService) -> None:
        service.on(
            "GET", "/tickets", reply(json=[self.ticket(2, 2), self.ticket(1, 1)]), reply(json=[])
        )
        assert self.poll(face, "tickets_changed", backfill=True)[0] == [1, 2]

    def test_a_list_that_begins_with_the_newest_is_read_as_far_as_needed(
        self, face: Face, service: ScriptedService
    ) -> None:
        def item(number: int) -> dict[str, Any]:
            return {"id": number, "meta": {"number": number}}

        service.on("GET", "/newest", reply(json=[item(3), item(2)]), reply(json=[]))
        kept = self.poll(face, "newest")[1]
        service.on("GET", "/newest", reply(json=[item(5), item(4), item(3), item(2)]))
        before = len(service.requests)
        assert self.poll(face, "newest", checkpoint=kept)[0] == [4, 5]
        assert len(service.requests) == before + 1

    def test_a_checkpoint_of_another_trigger_is_refused(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/newest", reply(json=[]))
        kept = self.poll(face, "newest")[1]
        with pytest.raises(ValueError, match="another action"):
            self.poll(face, "tickets_changed", checkpoint=kept)

    def test_it_goes_on_asking(self, package: ModuleType, service: ScriptedService) -> None:
        triggers: Any = import_module("acme_connector.triggers")

        service.on("GET", "/tickets", reply(json=[self.ticket(1, 1)]), reply(json=[]))
        pauses: list[float] = []
        with package.Acme(base_url=service.url) as client:
            trigger = triggers.tickets_changed(client, backfill=True)

            def rested(seconds: float) -> None:
                pauses.append(seconds)
                row = [self.ticket(1 + len(pauses), 1 + len(pauses))]
                service.on("GET", "/tickets", reply(json=row), reply(json=[]))

            events = trigger.events(sleep=rested)
            assert [next(events).id for _ in range(3)] == [1, 2, 3]
        assert pauses == [300.0, 300.0]
