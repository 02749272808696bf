"""What archive tells by itself, and what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TYPE_CHECKING

from ferrule_runtime.contract import body, header, ref, template, wait
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.triggers import AsyncTrigger, Trigger
from ferrule_runtime.webhooks import Webhook, WebhookEvent

from ._connector import CONNECTOR
from .models.orders import Order
from .models.shared import File, Row

if TYPE_CHECKING:
    from .client import Archive, AsyncArchive

EVENTS: Webhook[File | Row | dict[str, Any]] = Webhook(
    "events",
    connector=CONNECTOR,
    sign="hmac_sha256",
    key=template(ref("key")),
    signature=header("X-Signature").matching("v1=([0-9a-f]+)"),
    over=template(ref("timestamp"), ".", ref("body")),
    timestamp=wait(header("X-Timestamp"), "epoch_ms"),
    type=body("type"),
    data=body("data"),
    events={"file.created": lambda: File, "row.added": lambda: Row},
)


def orders_new(
    client: Archive,
    *,
    checkpoint: str | Omit = omit,
    backfill: bool = False,
    every_seconds: float = 600.0,
) -> Trigger[Order]:
    """What is new in orders.list, each item once.

    Without a checkpoint it begins now; with `backfill` the first poll gives all there is.
    """
    return Trigger(
        "orders.new",
        lambda: client.orders.list().__iter__(),
        cursor=("updated_at",),
        id=("id",),
        every_seconds=every_seconds,
        checkpoint=checkpoint,
        backfill=backfill,
    )


def async_orders_new(
    client: AsyncArchive,
    *,
    checkpoint: str | Omit = omit,
    backfill: bool = False,
    every_seconds: float = 600.0,
) -> AsyncTrigger[Order]:
    """What is new in orders.list, each item once.

    Without a checkpoint it begins now; with `backfill` the first poll gives all there is.
    """
    return AsyncTrigger(
        "orders.new",
        lambda: client.orders.list().__aiter__(),
        cursor=("updated_at",),
        id=("id",),
        every_seconds=every_seconds,
        checkpoint=checkpoint,
        backfill=backfill,
    )


def events(
    body: bytes,
    headers: Mapping[str, str],
    *,
    key: str | Omit = omit,
    url: str = "",
    now: float | None = None,
) -> WebhookEvent[File | Row | dict[str, Any]]:
    """The event of a request to the webhook events.

    `body` is what came, byte for byte. Raises WebhookRefused for a request that
    the service did not send, or sent too long ago.
    """
    return EVENTS.receive(body, headers, url=url, now=now, key=key)
