"""Clients of Slack."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.auth import AsyncAuth, Auth
    from .resources.chat import AsyncChat, Chat
    from .resources.conversations import AsyncConversations, Conversations
    from .resources.files import AsyncFiles, Files
    from .resources.users import AsyncUsers, Users


class Slack(SyncClient):
    """Slack.

    Settings that are not given are read from the environment:
        bot_token (SLACK_BOT_TOKEN): A bot token. It begins with xoxb-.
        client_id (SLACK_CLIENT_ID)
        client_secret (SLACK_CLIENT_SECRET)
        signing_secret (SLACK_SIGNING_SECRET): Proves that a request comes from Slack. It stands under Basic Information.
    """

    _connector = CONNECTOR

    auth: Lazy[Auth] = Lazy(".resources.auth", "Auth")
    conversations: Lazy[Conversations] = Lazy(
        ".resources.conversations", "Conversations"
    )
    chat: Lazy[Chat] = Lazy(".resources.chat", "Chat")
    files: Lazy[Files] = Lazy(".resources.files", "Files")
    users: Lazy[Users] = Lazy(".resources.users", "Users")

    @overload
    def __init__(
        self,
        *,
        auth: Literal["bot"] | Omit = omit,
        bot_token: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["person"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["bot", "person"] | Omit = omit,
        bot_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "bot_token": bot_token,
                "client_id": client_id,
                "client_secret": client_secret,
                "signing_secret": signing_secret,
            },
            options,
            auth=auth,
        )


class AsyncSlack(AsyncClient):
    """Slack, async.

    Settings that are not given are read from the environment:
        bot_token (SLACK_BOT_TOKEN): A bot token. It begins with xoxb-.
        client_id (SLACK_CLIENT_ID)
        client_secret (SLACK_CLIENT_SECRET)
        signing_secret (SLACK_SIGNING_SECRET): Proves that a request comes from Slack. It stands under Basic Information.
    """

    _connector = CONNECTOR

    auth: Lazy[AsyncAuth] = Lazy(".resources.auth", "AsyncAuth")
    conversations: Lazy[AsyncConversations] = Lazy(
        ".resources.conversations", "AsyncConversations"
    )
    chat: Lazy[AsyncChat] = Lazy(".resources.chat", "AsyncChat")
    files: Lazy[AsyncFiles] = Lazy(".resources.files", "AsyncFiles")
    users: Lazy[AsyncUsers] = Lazy(".resources.users", "AsyncUsers")

    @overload
    def __init__(
        self,
        *,
        auth: Literal["bot"] | Omit = omit,
        bot_token: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["person"] | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["bot", "person"] | Omit = omit,
        bot_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        signing_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "bot_token": bot_token,
                "client_id": client_id,
                "client_secret": client_secret,
                "signing_secret": signing_secret,
            },
            options,
            auth=auth,
        )
