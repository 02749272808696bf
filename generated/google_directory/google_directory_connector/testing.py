"""Stands in for Google Workspace directory in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncGoogleDirectory, GoogleDirectory


class UsersMock:
    """Answers of users."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of users.list."""
        from .resources.users import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of users.get."""
        from .resources.users import GET

        return MockAction(self._service, GET)


class Service(MockService):
    """Google Workspace directory, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def users(self) -> UsersMock:
        """Answers of users."""
        return UsersMock(self)

    def client(self) -> GoogleDirectory:
        """A client of this service; its settings need no values."""
        from .client import GoogleDirectory

        return self._client(GoogleDirectory)

    def async_client(self) -> AsyncGoogleDirectory:
        """An async client of this service."""
        from .client import AsyncGoogleDirectory

        return self._client(AsyncGoogleDirectory)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
