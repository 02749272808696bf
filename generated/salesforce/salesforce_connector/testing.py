"""Stands in for Salesforce in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncSalesforce, Salesforce


class QueryMock(MockResource):
    """Answers of query."""

    run = Mocked(".resources.query", "RUN")


class RecordsMock(MockResource):
    """Answers of records."""

    get = Mocked(".resources.records", "GET")
    get_by = Mocked(".resources.records", "GET_BY")
    create = Mocked(".resources.records", "CREATE")
    update = Mocked(".resources.records", "UPDATE")
    delete = Mocked(".resources.records", "DELETE")


class CompositeMock(MockResource):
    """Answers of composite."""

    run = Mocked(".resources.composite", "RUN")


class LimitsMock(MockResource):
    """Answers of limits."""

    get = Mocked(".resources.limits", "GET")


class Service(MockService):
    """Salesforce, answering as told. An action that was not told fails."""

    query = MockedPart(QueryMock)
    records = MockedPart(RecordsMock)
    composite = MockedPart(CompositeMock)
    limits = MockedPart(LimitsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
