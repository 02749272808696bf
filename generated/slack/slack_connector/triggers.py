"""What Slack tells by itself, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.contract import body, header, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.webhooks import Webhook, WebhookEvent

from ._connector import CONNECTOR
from .models.shared import Message

EVENTS: Webhook[Message | dict[str, Any]] = Webhook(
    "events",
    connector=CONNECTOR,
    sign="hmac_sha256",
    key=template(ref("signing_secret")),
    signature=header("X-Slack-Signature").matching("v0=([0-9a-f]+)"),
    over=template("v0:", ref("timestamp"), ":", ref("body")),
    timestamp=header("X-Slack-Request-Timestamp"),
    tolerance_seconds=300.0,
    id=body("event_id"),
    type=body("event", "type"),
    data=body("event"),
    events={"message": lambda: Message, "app_mention": lambda: Message},
)


def events(
    body: bytes,
    headers: Mapping[str, str],
    *,
    signing_secret: str | Omit = omit,
    url: str = "",
    now: float | None = None,
) -> WebhookEvent[Message | dict[str, Any]]:
    """The event of a request to the webhook events.

    `body` is what came, byte for byte. Raises WebhookRefused for a request that
    the service did not send, or sent too long ago.
    """
    return EVENTS.receive(
        body, headers, url=url, now=now, signing_secret=signing_secret
    )
