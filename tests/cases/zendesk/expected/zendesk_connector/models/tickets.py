"""Types of tickets: Zendesk Support."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ferrule_runtime.models import DateTime, Model, StrictInt
from typing_extensions import NotRequired, TypedDict

Priority: TypeAlias = Literal["low", "normal", "high", "urgent"] | str


class Ticket(Model):
    """Ticket."""

    id: StrictInt
    subject: str | None
    status: Literal["new", "open", "pending", "hold", "solved", "closed"] | str
    tags: list[str]
    created_at: DateTime


class TicketsCreateCommentInput(TypedDict):
    """The part `comment` of tickets.create."""

    body: str
    public: NotRequired[bool]
