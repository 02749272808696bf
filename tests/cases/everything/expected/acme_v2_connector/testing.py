"""Stands in for Acme (beta) in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import Acme, AsyncAcme


class ThingsBlocksMock(MockResource):
    """Answers of things.blocks."""

    list = Mocked(".resources.things_blocks", "LIST")
    append = Mocked(".resources.things_blocks", "APPEND")


class ThingsMock(MockResource):
    """Answers of things."""

    blocks = MockedPart(ThingsBlocksMock)
    list = Mocked(".resources.things", "LIST")
    by_page = Mocked(".resources.things", "BY_PAGE")
    linked = Mocked(".resources.things", "LINKED")
    search = Mocked(".resources.things", "SEARCH")
    get = Mocked(".resources.things", "GET")
    create = Mocked(".resources.things", "CREATE")
    update = Mocked(".resources.things", "UPDATE")
    replace = Mocked(".resources.things", "REPLACE")
    delete = Mocked(".resources.things", "DELETE")
    archive = Mocked(".resources.things", "ARCHIVE")
    find = Mocked(".resources.things", "FIND")
    report = Mocked(".resources.things", "REPORT")
    describe = Mocked(".resources.things", "DESCRIBE")
    count = Mocked(".resources.things", "COUNT")
    location = Mocked(".resources.things", "LOCATION")


class FilesMock(MockResource):
    """Answers of files."""

    upload = Mocked(".resources.files", "UPLOAD")
    put = Mocked(".resources.files", "PUT")
    download = Mocked(".resources.files", "DOWNLOAD")
    link = Mocked(".resources.files", "LINK")
    send = Mocked(".resources.files", "SEND")


class FeedsMock(MockResource):
    """Answers of feeds."""

    lines = Mocked(".resources.feeds", "LINES")
    events = Mocked(".resources.feeds", "EVENTS")
    rows = Mocked(".resources.feeds", "ROWS")


class NotesMock(MockResource):
    """Answers of notes."""

    put = Mocked(".resources.notes", "PUT")


class FormsMock(MockResource):
    """Answers of forms."""

    send = Mocked(".resources.forms", "SEND")


class AnyResourceMock(MockResource):
    """Answers of any."""

    call = Mocked(".resources.any", "CALL")


class Service(MockService):
    """Acme (beta), answering as told. An action that was not told fails."""

    things = MockedPart(ThingsMock)
    files = MockedPart(FilesMock)
    feeds = MockedPart(FeedsMock)
    notes = MockedPart(NotesMock)
    forms = MockedPart(FormsMock)
    any = MockedPart(AnyResourceMock)
    me = Mocked(".resources.plain", "ME")
    health = Mocked(".resources.plain", "HEALTH")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
