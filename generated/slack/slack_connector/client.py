"""Clients of Slack."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def auth(self) -> Auth:
        """Actions on auth."""
        from .resources.auth import Auth

        return Auth(self)

    @cached_property
    def conversations(self) -> Conversations:
        """Actions on conversations."""
        from .resources.conversations import Conversations

        return Conversations(self)

    @cached_property
    def chat(self) -> Chat:
        """Actions on chat."""
        from .resources.chat import Chat

        return Chat(self)

    @cached_property
    def files(self) -> Files:
        """Actions on files."""
        from .resources.files import Files

        return Files(self)

    @cached_property
    def users(self) -> Users:
        """Actions on users."""
        from .resources.users import Users

        return Users(self)


class AsyncSlack(AsyncClient):
    """Slack, async.

    Settings that are not given are read from the environment:
        bot_token (SLACK_BOT_TOKEN): A bot token. It begins with xoxb-.
        client_id (SLACK_CLIENT_ID)
        client_secret (SLACK_CLIENT_SECRET)
        signing_secret (SLACK_SIGNING_SECRET): Proves that a request comes from Slack. It stands under Basic Information.
    """

    _connector = CONNECTOR

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

    @cached_property
    def auth(self) -> AsyncAuth:
        """Actions on auth."""
        from .resources.auth import AsyncAuth

        return AsyncAuth(self)

    @cached_property
    def conversations(self) -> AsyncConversations:
        """Actions on conversations."""
        from .resources.conversations import AsyncConversations

        return AsyncConversations(self)

    @cached_property
    def chat(self) -> AsyncChat:
        """Actions on chat."""
        from .resources.chat import AsyncChat

        return AsyncChat(self)

    @cached_property
    def files(self) -> AsyncFiles:
        """Actions on files."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self)

    @cached_property
    def users(self) -> AsyncUsers:
        """Actions on users."""
        from .resources.users import AsyncUsers

        return AsyncUsers(self)
