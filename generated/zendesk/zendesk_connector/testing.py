"""Stands in for Zendesk Support in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncZendesk, Zendesk


class TicketsMock:
    """Answers of tickets."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def comments(self) -> TicketsCommentsMock:
        """Answers of tickets.comments."""
        return TicketsCommentsMock(self._service)

    @cached_property
    def export(self) -> TicketsExportMock:
        """Answers of tickets.export."""
        return TicketsExportMock(self._service)

    @cached_property
    def list(self) -> MockAction:
        """Answers of tickets.list."""
        from .resources.tickets import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of tickets.get."""
        from .resources.tickets import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of tickets.create."""
        from .resources.tickets import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def update(self) -> MockAction:
        """Answers of tickets.update."""
        from .resources.tickets import UPDATE

        return MockAction(self._service, UPDATE)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of tickets.delete."""
        from .resources.tickets import DELETE

        return MockAction(self._service, DELETE)


class TicketsCommentsMock:
    """Answers of tickets.comments."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of tickets.comments.list."""
        from .resources.tickets_comments import LIST

        return MockAction(self._service, LIST)


class TicketsExportMock:
    """Answers of tickets.export."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def cursor(self) -> MockAction:
        """Answers of tickets.export.cursor."""
        from .resources.tickets_export import CURSOR

        return MockAction(self._service, CURSOR)


class CallsMock:
    """Answers of calls."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def export(self) -> MockAction:
        """Answers of calls.export."""
        from .resources.calls import EXPORT

        return MockAction(self._service, EXPORT)


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
    def me(self) -> MockAction:
        """Answers of users.me."""
        from .resources.users import ME

        return MockAction(self._service, ME)


class SearchMock:
    """Answers of search."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of search.run."""
        from .resources.search import RUN

        return MockAction(self._service, RUN)


class UploadsMock:
    """Answers of uploads."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def create(self) -> MockAction:
        """Answers of uploads.create."""
        from .resources.uploads import CREATE

        return MockAction(self._service, CREATE)


class Service(MockService):
    """Zendesk Support, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def tickets(self) -> TicketsMock:
        """Answers of tickets."""
        return TicketsMock(self)

    @cached_property
    def calls_(self) -> CallsMock:
        """Answers of calls."""
        return CallsMock(self)

    @cached_property
    def users(self) -> UsersMock:
        """Answers of users."""
        return UsersMock(self)

    @cached_property
    def search(self) -> SearchMock:
        """Answers of search."""
        return SearchMock(self)

    @cached_property
    def uploads(self) -> UploadsMock:
        """Answers of uploads."""
        return UploadsMock(self)

    def client(self) -> Zendesk:
        """A client of this service; its settings need no values."""
        from .client import Zendesk

        return self._client(Zendesk)

    def async_client(self) -> AsyncZendesk:
        """An async client of this service."""
        from .client import AsyncZendesk

        return self._client(AsyncZendesk)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
