"""Actions on chat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ferrule_runtime.contract import Operation
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

from ..models.chat import Posted

POST_MESSAGE = Operation[Posted](
    "chat.postMessage", "POST", "/chat.postMessage", limits=("default", "posting")
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


class RawChat(Resource):
    """chat, with whole answers."""

    post_message = as_raw(Chat.post_message)


class AsyncChat(AsyncResource):
    """Actions on chat."""

    post_message = as_async(Chat.post_message)

    @property
    def with_raw_response(self) -> AsyncRawChat:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawChat(self._as_raw())


class AsyncRawChat(AsyncResource):
    """chat, with whole answers."""

    post_message = as_raw_async(AsyncChat.post_message)
