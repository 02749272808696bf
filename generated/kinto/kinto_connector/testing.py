"""Stands in for Kinto in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncKinto, Kinto


class BucketsMock(MockResource):
    """Answers of buckets."""

    list = Mocked(".resources.buckets", "LIST")
    create = Mocked(".resources.buckets", "CREATE")
    delete = Mocked(".resources.buckets", "DELETE")


class CollectionsMock(MockResource):
    """Answers of collections."""

    list = Mocked(".resources.collections", "LIST")
    create = Mocked(".resources.collections", "CREATE")


class RecordsMock(MockResource):
    """Answers of records."""

    list = Mocked(".resources.records", "LIST")
    count = Mocked(".resources.records", "COUNT")
    get = Mocked(".resources.records", "GET")
    create = Mocked(".resources.records", "CREATE")
    replace = Mocked(".resources.records", "REPLACE")
    update = Mocked(".resources.records", "UPDATE")
    delete = Mocked(".resources.records", "DELETE")


class Service(MockService):
    """Kinto, answering as told. An action that was not told fails."""

    buckets = MockedPart(BucketsMock)
    collections = MockedPart(CollectionsMock)
    records = MockedPart(RecordsMock)
    info = Mocked(".resources.plain", "INFO")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> Kinto:
        """A client of this service; its settings need no values."""
        from .client import Kinto

        return self._client(Kinto)

    def async_client(self) -> AsyncKinto:
        """An async client of this service."""
        from .client import AsyncKinto

        return self._client(AsyncKinto)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
