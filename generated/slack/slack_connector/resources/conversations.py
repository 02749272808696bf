"""Actions on conversations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ferrule_runtime.contract import Operation, body
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.pager import Pager
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async_pager, as_raw_page

from ..models.conversations import Channel
from ..models.shared import Message

LIST = Operation[list[Channel]](
    "conversations.list",
    "GET",
    "/conversations.list",
    at=body("channels"),
    paging="default",
    limits=("tier2",),
)
HISTORY = Operation[list[Message]](
    "conversations.history",
    "GET",
    "/conversations.history",
    at=body("messages"),
    paging="default",
)


class Conversations(Resource):
    """Actions on conversations."""

    def list(
        self,
        *,
        types: (
            Sequence[Literal["public_channel", "private_channel", "mpim", "im"] | str]
            | Omit
        ) = omit,
        exclude_archived: bool | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Channel]:
        """List channels. GET /conversations.list."""
        return self._pages(
            LIST,
            query={"types": types, "exclude_archived": exclude_archived},
            page_size=page_size,
            checkpoint=checkpoint,
        )

    def history(
        self,
        *,
        channel: str,
        oldest: str | Omit = omit,
        latest: str | Omit = omit,
        inclusive: bool | Omit = omit,
        page_size: int | Omit = omit,
        checkpoint: str | Omit = omit,
    ) -> Pager[Message]:
        """Read the messages of a channel, newest first. GET /conversations.history.

        Args:
            oldest: Only messages after this time stamp.
        """
        return self._pages(
            HISTORY,
            query={
                "channel": channel,
                "oldest": oldest,
                "latest": latest,
                "inclusive": inclusive,
            },
            page_size=page_size,
            checkpoint=checkpoint,
        )

    @property
    def with_raw_response(self) -> RawConversations:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawConversations(self._as_raw())


class RawConversations(Resource):
    """conversations, with whole answers."""

    list = as_raw_page(Conversations.list)
    history = as_raw_page(Conversations.history)


class AsyncConversations(AsyncResource):
    """Actions on conversations."""

    list = as_async_pager(Conversations.list)
    history = as_async_pager(Conversations.history)

    @property
    def with_raw_response(self) -> AsyncRawConversations:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawConversations(self._as_raw())


class AsyncRawConversations(AsyncResource):
    """conversations, with whole answers."""

    list = as_raw_page(AsyncConversations.list)
    history = as_raw_page(AsyncConversations.history)
