"""Stands in for QuickBooks Online in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncQuickBooks, QuickBooks


class CompanyResourceMock:
    """Answers of company."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of company.get."""
        from .resources.company import GET

        return MockAction(self._service, GET)


class QueryMock:
    """Answers of query."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of query.run."""
        from .resources.query import RUN

        return MockAction(self._service, RUN)


class CustomersMock:
    """Answers of customers."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def create(self) -> MockAction:
        """Answers of customers.create."""
        from .resources.customers import CREATE

        return MockAction(self._service, CREATE)


class InvoicesMock:
    """Answers of invoices."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def delete(self) -> MockAction:
        """Answers of invoices.delete."""
        from .resources.invoices import DELETE

        return MockAction(self._service, DELETE)


class BatchMock:
    """Answers of batch."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def run(self) -> MockAction:
        """Answers of batch.run."""
        from .resources.batch import RUN

        return MockAction(self._service, RUN)


class Service(MockService):
    """QuickBooks Online, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def company(self) -> CompanyResourceMock:
        """Answers of company."""
        return CompanyResourceMock(self)

    @cached_property
    def query(self) -> QueryMock:
        """Answers of query."""
        return QueryMock(self)

    @cached_property
    def customers(self) -> CustomersMock:
        """Answers of customers."""
        return CustomersMock(self)

    @cached_property
    def invoices(self) -> InvoicesMock:
        """Answers of invoices."""
        return InvoicesMock(self)

    @cached_property
    def batch(self) -> BatchMock:
        """Answers of batch."""
        return BatchMock(self)

    def client(self) -> QuickBooks:
        """A client of this service; its settings need no values."""
        from .client import QuickBooks

        return self._client(QuickBooks)

    def async_client(self) -> AsyncQuickBooks:
        """An async client of this service."""
        from .client import AsyncQuickBooks

        return self._client(AsyncQuickBooks)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
