"""Types that several resources share: Zendesk Support."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ferrule_runtime.models import DateTime, Model, StrictInt

Priority: TypeAlias = Literal["low", "normal", "high", "urgent"] | str
Status: TypeAlias = Literal["new", "open", "pending", "hold", "solved", "closed"] | str


class Fault(Model):
    """Fault."""

    title: str
    message: str | None = None


class Ticket(Model):
    """Ticket."""

    id: StrictInt
    subject: str | None
    description: str | None = None
    status: Status
    priority: Priority | None = None
    tags: list[str]
    requester_id: StrictInt | None = None
    created_at: DateTime
    updated_at: DateTime | None = None
