"""Stands in for Names that Python has other uses for in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncOddNames, OddNames


class ThingsClassMock(MockResource):
    """Answers of things.class."""

    get = Mocked(".resources.things_class", "GET")


class StrMock(MockResource):
    """Answers of str."""

    get = Mocked(".resources.str", "GET")


class CallsMock(MockResource):
    """Answers of calls."""

    list = Mocked(".resources.calls", "LIST")


class ClientResourceMock(MockResource):
    """Answers of client."""

    get = Mocked(".resources.client", "GET")


class AuxResourceMock(MockResource):
    """Answers of aux."""

    get = Mocked(".resources.aux_", "GET")


class ListsMock(MockResource):
    """Answers of lists."""

    dict = Mocked(".resources.lists", "DICT")
    list = Mocked(".resources.lists", "LIST")
    str = Mocked(".resources.lists", "STR")


class DatesMock(MockResource):
    """Answers of dates."""

    date = Mocked(".resources.dates", "DATE")
    datetime = Mocked(".resources.dates", "DATETIME")
    property_ = Mocked(".resources.dates", "PROPERTY")
    omit_ = Mocked(".resources.dates", "OMIT")


class ThingsMock(MockResource):
    """Answers of things."""

    class_ = MockedPart(ThingsClassMock)


class DeviceIdMock(MockResource):
    """Answers of deviceID."""

    get = Mocked(".resources.device_id", "GET")


class ClashesMock(MockResource):
    """Answers of clashes."""

    get = Mocked(".resources.clashes", "GET")
    put = Mocked(".resources.clashes", "PUT")


class Service(MockService):
    """Names that Python has other uses for, answering as told. An action that was not told fails."""

    str = MockedPart(StrMock)
    calls_ = MockedPart(CallsMock)
    client_ = MockedPart(ClientResourceMock)
    aux = MockedPart(AuxResourceMock)
    lists = MockedPart(ListsMock)
    dates = MockedPart(DatesMock)
    things = MockedPart(ThingsMock)
    device_id = MockedPart(DeviceIdMock)
    clashes = MockedPart(ClashesMock)
    list = Mocked(".resources.plain", "LIST")
    import_ = Mocked(".resources.plain", "IMPORT")
    any = Mocked(".resources.plain", "ANY2")
    date = Mocked(".resources.plain", "DATE")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> OddNames:
        """A client of this service; its settings need no values."""
        from .client import OddNames

        return self._client(OddNames)

    def async_client(self) -> AsyncOddNames:
        """An async client of this service."""
        from .client import AsyncOddNames

        return self._client(AsyncOddNames)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
