"""Stands in for GitHub in tests: no request leaves the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockResource, MockService, Mocked, MockedPart

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncGitHub, GitHub


class ReposMock(MockResource):
    """Answers of repos."""

    list = Mocked(".resources.repos", "LIST")
    get = Mocked(".resources.repos", "GET")
    archive_url = Mocked(".resources.repos", "ARCHIVE_URL")
    file = Mocked(".resources.repos", "FILE")


class IssuesMock(MockResource):
    """Answers of issues."""

    list = Mocked(".resources.issues", "LIST")
    everywhere = Mocked(".resources.issues", "EVERYWHERE")
    get = Mocked(".resources.issues", "GET")
    create = Mocked(".resources.issues", "CREATE")
    update = Mocked(".resources.issues", "UPDATE")


class SearchMock(MockResource):
    """Answers of search."""

    issues = Mocked(".resources.search", "ISSUES")


class StarsMock(MockResource):
    """Answers of stars."""

    check = Mocked(".resources.stars", "CHECK")
    add = Mocked(".resources.stars", "ADD")
    remove = Mocked(".resources.stars", "REMOVE")


class RateLimitMock(MockResource):
    """Answers of rate_limit."""

    get = Mocked(".resources.rate_limit", "GET")


class Service(MockService):
    """GitHub, answering as told. An action that was not told fails."""

    repos = MockedPart(ReposMock)
    issues = MockedPart(IssuesMock)
    search = MockedPart(SearchMock)
    stars = MockedPart(StarsMock)
    rate_limit = MockedPart(RateLimitMock)
    me = Mocked(".resources.plain", "ME")

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    def client(self) -> GitHub:
        """A client of this service; its settings need no values."""
        from .client import GitHub

        return self._client(GitHub)

    def async_client(self) -> AsyncGitHub:
        """An async client of this service."""
        from .client import AsyncGitHub

        return self._client(AsyncGitHub)


def mock() -> Service:
    """`with mock() as service:` — then `service.client()`."""
    return Service()
