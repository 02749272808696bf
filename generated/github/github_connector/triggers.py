"""What GitHub tells by itself, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ferrule_runtime.contract import header, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.webhooks import Webhook, WebhookEvent

from ._connector import CONNECTOR
from .models.shared import IssueEvent, PushEvent

EVENTS: Webhook[IssueEvent | PushEvent | dict[str, Any]] = Webhook(
    "events",
    connector=CONNECTOR,
    sign="hmac_sha256",
    key=template(ref("webhook_secret")),
    signature=header("X-Hub-Signature-256").matching("sha256=([0-9a-f]+)"),
    id=header("X-GitHub-Delivery"),
    type=header("X-GitHub-Event"),
    events={"issues": lambda: IssueEvent, "push": lambda: PushEvent},
)


def events(
    body: bytes,
    headers: Mapping[str, str],
    *,
    webhook_secret: str | Omit = omit,
    url: str = "",
    now: float | None = None,
) -> WebhookEvent[IssueEvent | PushEvent | dict[str, Any]]:
    """The event of a request to the webhook events.

    `body` is what came, byte for byte. Raises WebhookRefused for a request that
    the service did not send, or sent too long ago.
    """
    return EVENTS.receive(
        body, headers, url=url, now=now, webhook_secret=webhook_secret
    )
