"""Actions on chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ferrule_runtime.client import AsyncResource, Resource, as_raw, as_raw_async
from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit

from ..models.chat import Posted

POST_MESSAGE: Operation[Posted] = Operation(
    "chat.postMessage",
    "POST",
    "/chat.postMessage",
    returns=Posted,
    limits=("default", "posting"),
)


class Chat(Resource):
    """Actions on chat."""

    def post_message(
        self,
        *,
        channel: str,
        text: str | Omit = omit,
        blocks: Sequence[Any] | Omit = omit,
        thread_ts: str | Omit = omit,
    ) -> Posted:
        """Post a message. POST /chat.postMessage."""
        return self._run(
            POST_MESSAGE,
            body={
                "channel": channel,
                "text": text,
                "blocks": blocks,
                "thread_ts": thread_ts,
            },
        )

    @property
    def with_raw_response(self) -> RawChat:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawChat(self._as_raw())


class RawChat:
    """chat, with whole answers."""

    def __init__(self, raw: Chat) -> None:
        self.post_message = as_raw(raw.post_message)


class AsyncChat(AsyncResource):
    """Actions on chat."""

    async def post_message(
        self,
        *,
        channel: str,
        text: str | Omit = omit,
        blocks: Sequence[Any] | Omit = omit,
        thread_ts: str | Omit = omit,
    ) -> Posted:
        """Post a message. POST /chat.postMessage."""
        return await self._run(
            POST_MESSAGE,
            body={
                "channel": channel,
                "text": text,
                "blocks": blocks,
                "thread_ts": thread_ts,
            },
        )

    @property
    def with_raw_response(self) -> AsyncRawChat:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawChat(self._as_raw())


class AsyncRawChat:
    """chat, with whole answers."""

    def __init__(self, raw: AsyncChat) -> None:
        self.post_message = as_raw_async(raw.post_message)
