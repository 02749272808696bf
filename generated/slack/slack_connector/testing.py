"""Stands in for Slack in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncSlack, Slack


class AuthMock:
    """Answers of auth."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def test(self) -> MockAction:
        """Answers of auth.test."""
        from .resources.auth import TEST

        return MockAction(self._service, TEST)


class ConversationsMock:
    """Answers of conversations."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of conversations.list."""
        from .resources.conversations import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def history(self) -> MockAction:
        """Answers of conversations.history."""
        from .resources.conversations import HISTORY

        return MockAction(self._service, HISTORY)


class ChatMock:
    """Answers of chat."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def post_message(self) -> MockAction:
        """Answers of chat.postMessage."""
        from .resources.chat import POST_MESSAGE

        return MockAction(self._service, POST_MESSAGE)


class FilesMock:
    """Answers of files."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def upload(self) -> MockAction:
        """Answers of files.upload."""
        from .resources.files import UPLOAD

        return MockAction(self._service, UPLOAD)


class UsersMock:
    """Answers of users."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of users.list."""
        from .resources.users import LIST

        return MockAction(self._service, LIST)


class Service(MockService):
    """Slack, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def auth(self) -> AuthMock:
        """Answers of auth."""
        return AuthMock(self)

    @cached_property
    def conversations(self) -> ConversationsMock:
        """Answers of conversations."""
        return ConversationsMock(self)

    @cached_property
    def chat(self) -> ChatMock:
        """Answers of chat."""
        return ChatMock(self)

    @cached_property
    def files(self) -> FilesMock:
        """Answers of files."""
        return FilesMock(self)

    @cached_property
    def users(self) -> UsersMock:
        """Answers of users."""
        return UsersMock(self)

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
