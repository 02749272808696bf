"""Stands in for Acme (beta) in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import Acme, AsyncAcme


class ThingsMock:
    """Answers of things."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def blocks(self) -> ThingsBlocksMock:
        """Answers of things.blocks."""
        return ThingsBlocksMock(self._service)

    @cached_property
    def list(self) -> MockAction:
        """Answers of things.list."""
        from .resources.things import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def by_page(self) -> MockAction:
        """Answers of things.by_page."""
        from .resources.things import BY_PAGE

        return MockAction(self._service, BY_PAGE)

    @cached_property
    def linked(self) -> MockAction:
        """Answers of things.linked."""
        from .resources.things import LINKED

        return MockAction(self._service, LINKED)

    @cached_property
    def search(self) -> MockAction:
        """Answers of things.search."""
        from .resources.things import SEARCH

        return MockAction(self._service, SEARCH)

    @cached_property
    def get(self) -> MockAction:
        """Answers of things.get."""
        from .resources.things import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of things.create."""
        from .resources.things import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def update(self) -> MockAction:
        """Answers of things.update."""
        from .resources.things import UPDATE

        return MockAction(self._service, UPDATE)

    @cached_property
    def replace(self) -> MockAction:
        """Answers of things.replace."""
        from .resources.things import REPLACE

        return MockAction(self._service, REPLACE)

    @cached_property
    def delete(self) -> MockAction:
        """Answers of things.delete."""
        from .resources.things import DELETE

        return MockAction(self._service, DELETE)

    @cached_property
    def archive(self) -> MockAction:
        """Answers of things.archive."""
        from .resources.things import ARCHIVE

        return MockAction(self._service, ARCHIVE)

    @cached_property
    def find(self) -> MockAction:
        """Answers of things.find."""
        from .resources.things import FIND

        return MockAction(self._service, FIND)

    @cached_property
    def report(self) -> MockAction:
        """Answers of things.report."""
        from .resources.things import REPORT

        return MockAction(self._service, REPORT)

    @cached_property
    def describe(self) -> MockAction:
        """Answers of things.describe."""
        from .resources.things import DESCRIBE

        return MockAction(self._service, DESCRIBE)

    @cached_property
    def count(self) -> MockAction:
        """Answers of things.count."""
        from .resources.things import COUNT

        return MockAction(self._service, COUNT)

    @cached_property
    def location(self) -> MockAction:
        """Answers of things.location."""
        from .resources.things import LOCATION

        return MockAction(self._service, LOCATION)


class ThingsBlocksMock:
    """Answers of things.blocks."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of things.blocks.list."""
        from .resources.things_blocks import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def append(self) -> MockAction:
        """Answers of things.blocks.append."""
        from .resources.things_blocks import APPEND

        return MockAction(self._service, APPEND)


class FilesMock:
    """Answers of files."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def upload(self) -> MockAction:
        """Answers of files.upload."""
        from .resources.files import UPLOAD

        return MockAction(self._service, UPLOAD)

    @cached_property
    def put(self) -> MockAction:
        """Answers of files.put."""
        from .resources.files import PUT

        return MockAction(self._service, PUT)

    @cached_property
    def download(self) -> MockAction:
        """Answers of files.download."""
        from .resources.files import DOWNLOAD

        return MockAction(self._service, DOWNLOAD)

    @cached_property
    def link(self) -> MockAction:
        """Answers of files.link."""
        from .resources.files import LINK

        return MockAction(self._service, LINK)

    @cached_property
    def send(self) -> MockAction:
        """Answers of files.send."""
        from .resources.files import SEND

        return MockAction(self._service, SEND)


class FeedsMock:
    """Answers of feeds."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def lines(self) -> MockAction:
        """Answers of feeds.lines."""
        from .resources.feeds import LINES

        return MockAction(self._service, LINES)

    @cached_property
    def events(self) -> MockAction:
        """Answers of feeds.events."""
        from .resources.feeds import EVENTS

        return MockAction(self._service, EVENTS)

    @cached_property
    def rows(self) -> MockAction:
        """Answers of feeds.rows."""
        from .resources.feeds import ROWS

        return MockAction(self._service, ROWS)


class NotesMock:
    """Answers of notes."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def put(self) -> MockAction:
        """Answers of notes.put."""
        from .resources.notes import PUT

        return MockAction(self._service, PUT)


class FormsMock:
    """Answers of forms."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def send(self) -> MockAction:
        """Answers of forms.send."""
        from .resources.forms import SEND

        return MockAction(self._service, SEND)


class AnyResourceMock:
    """Answers of any."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def call(self) -> MockAction:
        """Answers of any.call."""
        from .resources.any import CALL

        return MockAction(self._service, CALL)


class Service(MockService):
    """Acme (beta), answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def things(self) -> ThingsMock:
        """Answers of things."""
        return ThingsMock(self)

    @cached_property
    def files(self) -> FilesMock:
        """Answers of files."""
        return FilesMock(self)

    @cached_property
    def feeds(self) -> FeedsMock:
        """Answers of feeds."""
        return FeedsMock(self)

    @cached_property
    def notes(self) -> NotesMock:
        """Answers of notes."""
        return NotesMock(self)

    @cached_property
    def forms(self) -> FormsMock:
        """Answers of forms."""
        return FormsMock(self)

    @cached_property
    def any(self) -> AnyResourceMock:
        """Answers of any."""
        return AnyResourceMock(self)

    @cached_property
    def me(self) -> MockAction:
        """Answers of me."""
        from .resources.plain import ME

        return MockAction(self, ME)

    @cached_property
    def health(self) -> MockAction:
        """Answers of health."""
        from .resources.plain import HEALTH

        return MockAction(self, HEALTH)

    def client(self) -> Acme:
        """A client of this service; its settings need no values."""
        from .client import Acme

        return self._client(Acme)

    def async_client(self) -> AsyncAcme:
        """An async client of this service."""
        from .client import AsyncAcme

        return self._client(AsyncAcme)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
