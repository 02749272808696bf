"""Stands in for Salesforce in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncSalesforce, Salesforce


class QueryMock:
    """Answers of query."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of query.run."""
        from .resources.query import RUN

        return MockAction(self._service, RUN)


class RecordsMock:
    """Answers of records."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of records.get."""
        from .resources.records import GET

        return MockAction(self._service, GET)

    @cached_property
    def get_by(self) -> MockAction:
        """Answers of records.get_by."""
        from .resources.records import GET_BY

        return MockAction(self._service, GET_BY)

    @cached_property
    def create(self) -> MockAction:
        """Answers of records.create."""
        from .resources.records import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def update(self) -> MockAction:
        """Answers of records.update."""
        from .resources.records import UPDATE

        return MockAction(self._service, UPDATE)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of records.delete."""
        from .resources.records import DELETE

        return MockAction(self._service, DELETE)


class CompositeMock:
    """Answers of composite."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of composite.run."""
        from .resources.composite import RUN

        return MockAction(self._service, RUN)


class LimitsMock:
    """Answers of limits."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of limits.get."""
        from .resources.limits import GET

        return MockAction(self._service, GET)


class Service(MockService):
    """Salesforce, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def query(self) -> QueryMock:
        """Answers of query."""
        return QueryMock(self)

    @cached_property
    def records(self) -> RecordsMock:
        """Answers of records."""
        return RecordsMock(self)

    @cached_property
    def composite(self) -> CompositeMock:
        """Answers of composite."""
        return CompositeMock(self)

    @cached_property
    def limits(self) -> LimitsMock:
        """Answers of limits."""
        return LimitsMock(self)

    def client(self) -> Salesforce:
        """A client of this service; its settings need no values."""
        from .client import Salesforce

        return self._client(Salesforce)

    def async_client(self) -> AsyncSalesforce:
        """An async client of this service."""
        from .client import AsyncSalesforce

        return self._client(AsyncSalesforce)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
