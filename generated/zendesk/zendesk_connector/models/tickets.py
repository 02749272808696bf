"""Types of tickets: Zendesk Support."""

from __future__ import annotations

from typing_extensions import NotRequired, TypedDict


class TicketsCreateCommentInput(TypedDict):
    """The part `comment` of tickets.create."""

    body: str
    public: NotRequired[bool]


class TicketsUpdateCommentInput(TypedDict):
    """The part `comment` of tickets.update."""

    body: str
    public: NotRequired[bool]
