"""Stands in for Kinto in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncKinto, Kinto


class BucketsMock:
    """Answers of buckets."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of buckets.list."""
        from .resources.buckets import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def create(self) -> MockAction:
        """Answers of buckets.create."""
        from .resources.buckets import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of buckets.delete."""
        from .resources.buckets import DELETE

        return MockAction(self._service, DELETE)


class CollectionsMock:
    """Answers of collections."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of collections.list."""
        from .resources.collections import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def create(self) -> MockAction:
        """Answers of collections.create."""
        from .resources.collections import CREATE

        return MockAction(self._service, CREATE)


class RecordsMock:
    """Answers of records."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of records.list."""
        from .resources.records import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def count(self) -> MockAction:
        """Answers of records.count."""
        from .resources.records import COUNT

        return MockAction(self._service, COUNT)

    @cached_property
    def get(self) -> MockAction:
        """Answers of records.get."""
        from .resources.records import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of records.create."""
        from .resources.records import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def replace(self) -> MockAction:
        """Answers of records.replace."""
        from .resources.records import REPLACE

        return MockAction(self._service, REPLACE)

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


class Service(MockService):
    """Kinto, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def buckets(self) -> BucketsMock:
        """Answers of buckets."""
        return BucketsMock(self)

    @cached_property
    def collections(self) -> CollectionsMock:
        """Answers of collections."""
        return CollectionsMock(self)

    @cached_property
    def records(self) -> RecordsMock:
        """Answers of records."""
        return RecordsMock(self)

    @cached_property
    def info(self) -> MockAction:
        """Answers of info."""
        from .resources.plain import INFO

        return MockAction(self, INFO)

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
