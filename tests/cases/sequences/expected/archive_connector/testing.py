"""Stands in for archive in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import Archive, AsyncArchive


class FilesMock(MockResource):
    """Answers of files."""

    upload = Mocked(".resources.files", "UPLOAD")


class ReportsMock(MockResource):
    """Answers of reports."""

    run = Mocked(".resources.reports", "RUN")


class TicketsMock(MockResource):
    """Answers of tickets."""

    list = Mocked(".resources.tickets", "LIST")


class CommentsMock(MockResource):
    """Answers of comments."""

    list = Mocked(".resources.comments", "LIST")


class UsersMock(MockResource):
    """Answers of users."""

    find = Mocked(".resources.users", "FIND")


class OrdersMock(MockResource):
    """Answers of orders."""

    list = Mocked(".resources.orders", "LIST")


class RowsMock(MockResource):
    """Answers of rows."""

    insert = Mocked(".resources.rows", "INSERT")


class Service(MockService):
    """archive, answering as told. An action that was not told fails."""

    files = MockedPart(FilesMock)
    reports = MockedPart(ReportsMock)
    tickets = MockedPart(TicketsMock)
    comments = MockedPart(CommentsMock)
    users = MockedPart(UsersMock)
    orders = MockedPart(OrdersMock)
    rows = MockedPart(RowsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
