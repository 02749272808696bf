"""Stands in for HTTP in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockService, Mocked

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHttp, Http


class Service(MockService):
    """HTTP, answering as told. An action that was not told fails."""

    get = Mocked(".resources.plain", "GET")
    delete = Mocked(".resources.plain", "DELETE")
    post = Mocked(".resources.plain", "POST")
    put = Mocked(".resources.plain", "PUT")
    patch = Mocked(".resources.plain", "PATCH")
    send_form = Mocked(".resources.plain", "SEND_FORM")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
