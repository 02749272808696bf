"""Stands in for Slack in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncSlack, Slack


class AuthMock(MockResource):
    """Answers of auth."""

    test = Mocked(".resources.auth", "TEST")


class ConversationsMock(MockResource):
    """Answers of conversations."""

    list = Mocked(".resources.conversations", "LIST")
    history = Mocked(".resources.conversations", "HISTORY")


class ChatMock(MockResource):
    """Answers of chat."""

    post_message = Mocked(".resources.chat", "POST_MESSAGE")


class FilesMock(MockResource):
    """Answers of files."""

    upload = Mocked(".resources.files", "UPLOAD")


class UsersMock(MockResource):
    """Answers of users."""

    list = Mocked(".resources.users", "LIST")


class Service(MockService):
    """Slack, answering as told. An action that was not told fails."""

    auth = MockedPart(AuthMock)
    conversations = MockedPart(ConversationsMock)
    chat = MockedPart(ChatMock)
    files = MockedPart(FilesMock)
    users = MockedPart(UsersMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> Slack:
        """A client of this service; its settings need no values."""
        from .client import Slack

        return self._client(Slack)

    def async_client(self) -> AsyncSlack:
        """An async client of this service."""
        from .client import AsyncSlack

        return self._client(AsyncSlack)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
