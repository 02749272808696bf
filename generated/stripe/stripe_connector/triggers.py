"""What Stripe tells by itself, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TYPE_CHECKING

from ferrule_runtime.contract import body, header, ref, template
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.triggers import AsyncTrigger, Trigger
from ferrule_runtime.webhooks import Webhook, WebhookEvent

from ._connector import CONNECTOR
from .models.events import Event
from .models.shared import Charge, Customer

if TYPE_CHECKING:
    from .client import AsyncStripe, Stripe

EVENTS_WEBHOOK: Webhook[Charge | Customer | dict[str, Any]] = Webhook(
    "events.webhook",
    connector=CONNECTOR,
    sign="hmac_sha256",
    key=template(ref("webhook_secret")),
    signature=header("Stripe-Signature").matching("v1=([0-9a-f]+)"),
    over=template(ref("timestamp"), ".", ref("body")),
    timestamp=header("Stripe-Signature").matching("t=([0-9]+)"),
    tolerance_seconds=300.0,
    id=body("id"),
    type=body("type"),
    data=body("data", "object"),
    events={
        "charge.succeeded": lambda: Charge,
        "charge.failed": lambda: Charge,
        "customer.created": lambda: Customer,
        "customer.updated": lambda: Customer,
    },
)


def events_new(
    client: Stripe,
    *,
    checkpoint: str | Omit = omit,
    backfill: bool = False,
    every_seconds: float = 60.0,
) -> Trigger[Event]:
    """What is new in events.list, each item once.

    Without a checkpoint it begins now; with `backfill` the first poll gives all there is.
    """
    return Trigger(
        "events.new",
        lambda: client.events.list().__iter__(),
        cursor=("created",),
        id=("id",),
        every_seconds=every_seconds,
        checkpoint=checkpoint,
        newest_first=True,
        backfill=backfill,
    )


def async_events_new(
    client: AsyncStripe,
    *,
    checkpoint: str | Omit = omit,
    backfill: bool = False,
    every_seconds: float = 60.0,
) -> AsyncTrigger[Event]:
    """What is new in events.list, each item once.

    Without a checkpoint it begins now; with `backfill` the first poll gives all there is.
    """
    return AsyncTrigger(
        "events.new",
        lambda: client.events.list().__aiter__(),
        cursor=("created",),
        id=("id",),
        every_seconds=every_seconds,
        checkpoint=checkpoint,
        newest_first=True,
        backfill=backfill,
    )


def events_webhook(
    body: bytes,
    headers: Mapping[str, str],
    *,
    webhook_secret: str | Omit = omit,
    url: str = "",
    now: float | None = None,
) -> WebhookEvent[Charge | Customer | dict[str, Any]]:
    """The event of a request to the webhook events.webhook.

    `body` is what came, byte for byte. Raises WebhookRefused for a request that
    the service did not send, or sent too long ago.
    """
    return EVENTS_WEBHOOK.receive(
        body, headers, url=url, now=now, webhook_secret=webhook_secret
    )
