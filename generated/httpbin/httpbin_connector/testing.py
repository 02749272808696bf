"""Stands in for httpbin in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHttpbin, Httpbin


class EchoResourceMock(MockResource):
    """Answers of echo."""

    get = Mocked(".resources.echo", "GET")
    post = Mocked(".resources.echo", "POST")
    form = Mocked(".resources.echo", "FORM")
    upload = Mocked(".resources.echo", "UPLOAD")
    text = Mocked(".resources.echo", "TEXT")


class AuthMock(MockResource):
    """Answers of auth."""

    basic = Mocked(".resources.auth", "BASIC")
    bearer = Mocked(".resources.auth", "BEARER")


class StatusMock(MockResource):
    """Answers of status."""

    get = Mocked(".resources.status", "GET")


class FormatsMock(MockResource):
    """Answers of formats."""

    json = Mocked(".resources.formats", "JSON")
    gzip = Mocked(".resources.formats", "GZIP")
    deflate = Mocked(".resources.formats", "DEFLATE")
    html = Mocked(".resources.formats", "HTML")
    lines = Mocked(".resources.formats", "LINES")
    bytes = Mocked(".resources.formats", "BYTES")


class RedirectsMock(MockResource):
    """Answers of redirects."""

    absolute = Mocked(".resources.redirects", "ABSOLUTE")
    to = Mocked(".resources.redirects", "TO")


class DelayMock(MockResource):
    """Answers of delay."""

    get = Mocked(".resources.delay", "GET")


class CookiesMock(MockResource):
    """Answers of cookies."""

    set = Mocked(".resources.cookies", "SET")
    get = Mocked(".resources.cookies", "GET")


class Service(MockService):
    """httpbin, answering as told. An action that was not told fails."""

    echo = MockedPart(EchoResourceMock)
    auth = MockedPart(AuthMock)
    status = MockedPart(StatusMock)
    formats = MockedPart(FormatsMock)
    redirects = MockedPart(RedirectsMock)
    delay = MockedPart(DelayMock)
    cookies = MockedPart(CookiesMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> Httpbin:
        """A client of this service; its settings need no values."""
        from .client import Httpbin

        return self._client(Httpbin)

    def async_client(self) -> AsyncHttpbin:
        """An async client of this service."""
        from .client import AsyncHttpbin

        return self._client(AsyncHttpbin)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
