"""What Zendesk Support tells by itself, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.contract import body, header, ref, template, wait
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.webhooks import Webhook, WebhookEvent

from ._connector import CONNECTOR

EVENTS: Webhook[dict[str, Any]] = Webhook(
    "events",
    connector=CONNECTOR,
    sign="hmac_sha256",
    key=template(ref("webhook_secret")),
    signature=header("X-Zendesk-Webhook-Signature"),
    over=template(ref("timestamp"), ref("body")),
    encoding="base64",
    timestamp=wait(header("X-Zendesk-Webhook-Signature-Timestamp"), "date"),
    tolerance_seconds=300.0,
    id=body("id"),
    type=body("type"),
)


def events(
    body: bytes,
    headers: Mapping[str, str],
    *,
    webhook_secret: str | Omit = omit,
    url: str = "",
    now: float | None = None,
) -> WebhookEvent[dict[str, Any]]:
    """The event of a request to the webhook events.

    `body` is what came, byte for byte. Raises WebhookRefused for a request that
    the service did not send, or sent too long ago.
    """
    return EVENTS.receive(
        body, headers, url=url, now=now, webhook_secret=webhook_secret
    )
