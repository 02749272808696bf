"""Stands in for archive in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import Archive, AsyncArchive


class FilesMock:
    """Answers of files."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def upload(self) -> MockAction:
        """Answers of files.upload."""
        from .resources.files import UPLOAD

        return MockAction(self._service, UPLOAD)


class ReportsMock:
    """Answers of reports."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of reports.run."""
        from .resources.reports import RUN

        return MockAction(self._service, RUN)


class TicketsMock:
    """Answers of tickets."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of tickets.list."""
        from .resources.tickets import LIST

        return MockAction(self._service, LIST)


class CommentsMock:
    """Answers of comments."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of comments.list."""
        from .resources.comments import LIST

        return MockAction(self._service, LIST)


class UsersMock:
    """Answers of users."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def find(self) -> MockAction:
        """Answers of users.find."""
        from .resources.users import FIND

        return MockAction(self._service, FIND)


class OrdersMock:
    """Answers of orders."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of orders.list."""
        from .resources.orders import LIST

        return MockAction(self._service, LIST)


class RowsMock:
    """Answers of rows."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def insert(self) -> MockAction:
        """Answers of rows.insert."""
        from .resources.rows import INSERT

        return MockAction(self._service, INSERT)


class Service(MockService):
    """archive, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def files(self) -> FilesMock:
        """Answers of files."""
        return FilesMock(self)

    @cached_property
    def reports(self) -> ReportsMock:
        """Answers of reports."""
        return ReportsMock(self)

    @cached_property
    def tickets(self) -> TicketsMock:
        """Answers of tickets."""
        return TicketsMock(self)

    @cached_property
    def comments(self) -> CommentsMock:
        """Answers of comments."""
        return CommentsMock(self)

    @cached_property
    def users(self) -> UsersMock:
        """Answers of users."""
        return UsersMock(self)

    @cached_property
    def orders(self) -> OrdersMock:
        """Answers of orders."""
        return OrdersMock(self)

    @cached_property
    def rows(self) -> RowsMock:
        """Answers of rows."""
        return RowsMock(self)

    def client(self) -> Archive:
        """A client of this service; its settings need no values."""
        from .client import Archive

        return self._client(Archive)

    def async_client(self) -> AsyncArchive:
        """An async client of this service."""
        from .client import AsyncArchive

        return self._client(AsyncArchive)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
