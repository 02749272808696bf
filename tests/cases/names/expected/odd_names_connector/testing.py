"""Stands in for Names that Python has other uses for in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncOddNames, OddNames


class CallsMock:
    """Answers of calls."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of calls.list."""
        from .resources.calls import LIST

        return MockAction(self._service, LIST)


class ClientResourceMock:
    """Answers of client."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of client.get."""
        from .resources.client import GET

        return MockAction(self._service, GET)


class AuxResourceMock:
    """Answers of aux."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of aux.get."""
        from .resources.aux_ import GET

        return MockAction(self._service, GET)


class ListsMock:
    """Answers of lists."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def dict(self) -> MockAction:
        """Answers of lists.dict."""
        from .resources.lists import DICT

        return MockAction(self._service, DICT)

    @cached_property
    def list(self) -> MockAction:
        """Answers of lists.list."""
        from .resources.lists import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def str(self) -> MockAction:
        """Answers of lists.str."""
        from .resources.lists import STR

        return MockAction(self._service, STR)


class DatesMock:
    """Answers of dates."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def date(self) -> MockAction:
        """Answers of dates.date."""
        from .resources.dates import DATE

        return MockAction(self._service, DATE)

    @cached_property
    def datetime(self) -> MockAction:
        """Answers of dates.datetime."""
        from .resources.dates import DATETIME

        return MockAction(self._service, DATETIME)

    @cached_property
    def property_(self) -> MockAction:
        """Answers of dates.property."""
        from .resources.dates import PROPERTY

        return MockAction(self._service, PROPERTY)

    @cached_property
    def omit_(self) -> MockAction:
        """Answers of dates.omit."""
        from .resources.dates import OMIT

        return MockAction(self._service, OMIT)


class ThingsMock:
    """Answers of things."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def class_(self) -> ThingsClassMock:
        """Answers of things.class."""
        return ThingsClassMock(self._service)


class ThingsClassMock:
    """Answers of things.class."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of things.class.get."""
        from .resources.things_class import GET

        return MockAction(self._service, GET)


class DeviceIdMock:
    """Answers of deviceID."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of deviceID.get."""
        from .resources.device_id import GET

        return MockAction(self._service, GET)


class ClashesMock:
    """Answers of clashes."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of clashes.get."""
        from .resources.clashes import GET

        return MockAction(self._service, GET)

    @cached_property
    def put(self) -> MockAction:
        """Answers of clashes.put."""
        from .resources.clashes import PUT

        return MockAction(self._service, PUT)


class Service(MockService):
    """Names that Python has other uses for, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def calls_(self) -> CallsMock:
        """Answers of calls."""
        return CallsMock(self)

    @cached_property
    def client_(self) -> ClientResourceMock:
        """Answers of client."""
        return ClientResourceMock(self)

    @cached_property
    def aux(self) -> AuxResourceMock:
        """Answers of aux."""
        return AuxResourceMock(self)

    @cached_property
    def lists(self) -> ListsMock:
        """Answers of lists."""
        return ListsMock(self)

    @cached_property
    def dates(self) -> DatesMock:
        """Answers of dates."""
        return DatesMock(self)

    @cached_property
    def things(self) -> ThingsMock:
        """Answers of things."""
        return ThingsMock(self)

    @cached_property
    def device_id(self) -> DeviceIdMock:
        """Answers of deviceID."""
        return DeviceIdMock(self)

    @cached_property
    def clashes(self) -> ClashesMock:
        """Answers of clashes."""
        return ClashesMock(self)

    @cached_property
    def list(self) -> MockAction:
        """Answers of list."""
        from .resources.plain import LIST

        return MockAction(self, LIST)

    @cached_property
    def import_(self) -> MockAction:
        """Answers of import."""
        from .resources.plain import IMPORT

        return MockAction(self, IMPORT)

    @cached_property
    def any(self) -> MockAction:
        """Answers of any."""
        from .resources.plain import ANY2

        return MockAction(self, ANY2)

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
