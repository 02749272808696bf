"""Stands in for httpbin in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncHttpbin, Httpbin


class EchoResourceMock:
    """Answers of echo."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of echo.get."""
        from .resources.echo import GET

        return MockAction(self._service, GET)

    @cached_property
    def post(self) -> MockAction:
        """Answers of echo.post."""
        from .resources.echo import POST

        return MockAction(self._service, POST)

    @cached_property
    def form(self) -> MockAction:
        """Answers of echo.form."""
        from .resources.echo import FORM

        return MockAction(self._service, FORM)

    @cached_property
    def upload(self) -> MockAction:
        """Answers of echo.upload."""
        from .resources.echo import UPLOAD

        return MockAction(self._service, UPLOAD)

    @cached_property
    def text(self) -> MockAction:
        """Answers of echo.text."""
        from .resources.echo import TEXT

        return MockAction(self._service, TEXT)


class AuthMock:
    """Answers of auth."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def basic(self) -> MockAction:
        """Answers of auth.basic."""
        from .resources.auth import BASIC

        return MockAction(self._service, BASIC)

    @cached_property
    def bearer(self) -> MockAction:
        """Answers of auth.bearer."""
        from .resources.auth import BEARER

        return MockAction(self._service, BEARER)


class StatusMock:
    """Answers of status."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of status.get."""
        from .resources.status import GET

        return MockAction(self._service, GET)


class FormatsMock:
    """Answers of formats."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def json(self) -> MockAction:
        """Answers of formats.json."""
        from .resources.formats import JSON

        return MockAction(self._service, JSON)

    @cached_property
    def gzip(self) -> MockAction:
        """Answers of formats.gzip."""
        from .resources.formats import GZIP

        return MockAction(self._service, GZIP)

    @cached_property
    def deflate(self) -> MockAction:
        """Answers of formats.deflate."""
        from .resources.formats import DEFLATE

        return MockAction(self._service, DEFLATE)

    @cached_property
    def html(self) -> MockAction:
        """Answers of formats.html."""
        from .resources.formats import HTML

        return MockAction(self._service, HTML)

    @cached_property
    def lines(self) -> MockAction:
        """Answers of formats.lines."""
        from .resources.formats import LINES

        return MockAction(self._service, LINES)

    @cached_property
    def bytes(self) -> MockAction:
        """Answers of formats.bytes."""
        from .resources.formats import BYTES

        return MockAction(self._service, BYTES)


class RedirectsMock:
    """Answers of redirects."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def absolute(self) -> MockAction:
        """Answers of redirects.absolute."""
        from .resources.redirects import ABSOLUTE

        return MockAction(self._service, ABSOLUTE)

    @cached_property
    def to(self) -> MockAction:
        """Answers of redirects.to."""
        from .resources.redirects import TO

        return MockAction(self._service, TO)


class DelayMock:
    """Answers of delay."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of delay.get."""
        from .resources.delay import GET

        return MockAction(self._service, GET)


class CookiesMock:
    """Answers of cookies."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def set(self) -> MockAction:
        """Answers of cookies.set."""
        from .resources.cookies import SET

        return MockAction(self._service, SET)

    @cached_property
    def get(self) -> MockAction:
        """Answers of cookies.get."""
        from .resources.cookies import GET

        return MockAction(self._service, GET)


class Service(MockService):
    """httpbin, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def echo(self) -> EchoResourceMock:
        """Answers of echo."""
        return EchoResourceMock(self)

    @cached_property
    def auth(self) -> AuthMock:
        """Answers of auth."""
        return AuthMock(self)

    @cached_property
    def status(self) -> StatusMock:
        """Answers of status."""
        return StatusMock(self)

    @cached_property
    def formats(self) -> FormatsMock:
        """Answers of formats."""
        return FormatsMock(self)

    @cached_property
    def redirects(self) -> RedirectsMock:
        """Answers of redirects."""
        return RedirectsMock(self)

    @cached_property
    def delay(self) -> DelayMock:
        """Answers of delay."""
        return DelayMock(self)

    @cached_property
    def cookies(self) -> CookiesMock:
        """Answers of cookies."""
        return CookiesMock(self)

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
