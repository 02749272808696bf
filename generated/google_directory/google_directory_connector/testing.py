"""Stands in for Google Workspace directory in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncGoogleDirectory, GoogleDirectory


class UsersMock(MockResource):
    """Answers of users."""

    list = Mocked(".resources.users", "LIST")
    get = Mocked(".resources.users", "GET")


class Service(MockService):
    """Google Workspace directory, answering as told. An action that was not told fails."""

    users = MockedPart(UsersMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
