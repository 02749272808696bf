"""Stands in for HTTP in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHttp, Http


class Service(MockService):
    """HTTP, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def get(self) -> MockAction:
        """Answers of get."""
        from .resources.plain import GET

        return MockAction(self, GET)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of delete."""
        from .resources.plain import DELETE

        return MockAction(self, DELETE)

    @cached_property
    def post(self) -> MockAction:
        """Answers of post."""
        from .resources.plain import POST

        return MockAction(self, POST)

    @cached_property
    def put(self) -> MockAction:
        """Answers of put."""
        from .resources.plain import PUT

        return MockAction(self, PUT)

    @cached_property
    def patch(self) -> MockAction:
        """Answers of patch."""
        from .resources.plain import PATCH

        return MockAction(self, PATCH)

    @cached_property
    def send_form(self) -> MockAction:
        """Answers of send_form."""
        from .resources.plain import SEND_FORM

        return MockAction(self, SEND_FORM)

    def client(self) -> Http:
        """A client of this service; its settings need no values."""
        from .client import Http

        return self._client(Http)

    def async_client(self) -> AsyncHttp:
        """An async client of this service."""
        from .client import AsyncHttp

        return self._client(AsyncHttp)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
