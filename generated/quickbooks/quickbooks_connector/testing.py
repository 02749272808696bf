"""Stands in for QuickBooks Online in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncQuickBooks, QuickBooks


class CompanyResourceMock(MockResource):
    """Answers of company."""

    get = Mocked(".resources.company", "GET")


class QueryMock(MockResource):
    """Answers of query."""

    run = Mocked(".resources.query", "RUN")


class CustomersMock(MockResource):
    """Answers of customers."""

    create = Mocked(".resources.customers", "CREATE")


class InvoicesMock(MockResource):
    """Answers of invoices."""

    delete = Mocked(".resources.invoices", "DELETE")


class BatchMock(MockResource):
    """Answers of batch."""

    run = Mocked(".resources.batch", "RUN")


class Service(MockService):
    """QuickBooks Online, answering as told. An action that was not told fails."""

    company = MockedPart(CompanyResourceMock)
    query = MockedPart(QueryMock)
    customers = MockedPart(CustomersMock)
    invoices = MockedPart(InvoicesMock)
    batch = MockedPart(BatchMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
