"""Stands in for Marketo in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncMarketo, Marketo


class LeadsExportsMock(MockResource):
    """Answers of leads.exports."""

    create = Mocked(".resources.leads_exports", "CREATE")
    run = Mocked(".resources.leads_exports", "RUN")
    rows = Mocked(".resources.leads_exports", "ROWS")


class LeadsMock(MockResource):
    """Answers of leads."""

    exports = MockedPart(LeadsExportsMock)
    list = Mocked(".resources.leads", "LIST")
    save = Mocked(".resources.leads", "SAVE")


class ActivitiesMock(MockResource):
    """Answers of activities."""

    types = Mocked(".resources.activities", "TYPES")


class ProgramsMock(MockResource):
    """Answers of programs."""

    list = Mocked(".resources.programs", "LIST")


class Service(MockService):
    """Marketo, answering as told. An action that was not told fails."""

    leads = MockedPart(LeadsMock)
    activities = MockedPart(ActivitiesMock)
    programs = MockedPart(ProgramsMock)

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

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
