"""Stands in for Marketo in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncMarketo, Marketo


class LeadsMock:
    """Answers of leads."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def exports(self) -> LeadsExportsMock:
        """Answers of leads.exports."""
        return LeadsExportsMock(self._service)

    @cached_property
    def list(self) -> MockAction:
        """Answers of leads.list."""
        from .resources.leads import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def save(self) -> MockAction:
        """Answers of leads.save."""
        from .resources.leads import SAVE

        return MockAction(self._service, SAVE)


class LeadsExportsMock:
    """Answers of leads.exports."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def create(self) -> MockAction:
        """Answers of leads.exports.create."""
        from .resources.leads_exports import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def run(self) -> MockAction:
        """Answers of leads.exports.run."""
        from .resources.leads_exports import RUN

        return MockAction(self._service, RUN)

    @cached_property
    def rows(self) -> MockAction:
        """Answers of leads.exports.rows."""
        from .resources.leads_exports import ROWS

        return MockAction(self._service, ROWS)


class ActivitiesMock:
    """Answers of activities."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def types(self) -> MockAction:
        """Answers of activities.types."""
        from .resources.activities import TYPES

        return MockAction(self._service, TYPES)


class ProgramsMock:
    """Answers of programs."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of programs.list."""
        from .resources.programs import LIST

        return MockAction(self._service, LIST)


class Service(MockService):
    """Marketo, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def leads(self) -> LeadsMock:
        """Answers of leads."""
        return LeadsMock(self)

    @cached_property
    def activities(self) -> ActivitiesMock:
        """Answers of activities."""
        return ActivitiesMock(self)

    @cached_property
    def programs(self) -> ProgramsMock:
        """Answers of programs."""
        return ProgramsMock(self)

    def client(self) -> Marketo:
        """A client of this service; its settings need no values."""
        from .client import Marketo

        return self._client(Marketo)

    def async_client(self) -> AsyncMarketo:
        """An async client of this service."""
        from .client import AsyncMarketo

        return self._client(AsyncMarketo)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
