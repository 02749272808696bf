"""Stands in for GitHub in tests: no request leaves the process."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ferrule_runtime.testing import MockAction, MockService

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .client import AsyncGitHub, GitHub


class ReposMock:
    """Answers of repos."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of repos.list."""
        from .resources.repos import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def get(self) -> MockAction:
        """Answers of repos.get."""
        from .resources.repos import GET

        return MockAction(self._service, GET)

    @cached_property
    def archive_url(self) -> MockAction:
        """Answers of repos.archive_url."""
        from .resources.repos import ARCHIVE_URL

        return MockAction(self._service, ARCHIVE_URL)

    @cached_property
    def file(self) -> MockAction:
        """Answers of repos.file."""
        from .resources.repos import FILE

        return MockAction(self._service, FILE)


class IssuesMock:
    """Answers of issues."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def list(self) -> MockAction:
        """Answers of issues.list."""
        from .resources.issues import LIST

        return MockAction(self._service, LIST)

    @cached_property
    def everywhere(self) -> MockAction:
        """Answers of issues.everywhere."""
        from .resources.issues import EVERYWHERE

        return MockAction(self._service, EVERYWHERE)

    @cached_property
    def get(self) -> MockAction:
        """Answers of issues.get."""
        from .resources.issues import GET

        return MockAction(self._service, GET)

    @cached_property
    def create(self) -> MockAction:
        """Answers of issues.create."""
        from .resources.issues import CREATE

        return MockAction(self._service, CREATE)

    @cached_property
    def update(self) -> MockAction:
        """Answers of issues.update."""
        from .resources.issues import UPDATE

        return MockAction(self._service, UPDATE)


class SearchMock:
    """Answers of search."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def issues(self) -> MockAction:
        """Answers of search.issues."""
        from .resources.search import ISSUES

        return MockAction(self._service, ISSUES)


class StarsMock:
    """Answers of stars."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def check(self) -> MockAction:
        """Answers of stars.check."""
        from .resources.stars import CHECK

        return MockAction(self._service, CHECK)

    @cached_property
    def add(self) -> MockAction:
        """Answers of stars.add."""
        from .resources.stars import ADD

        return MockAction(self._service, ADD)

    @cached_property
    def remove(self) -> MockAction:
        """Answers of stars.remove."""
        from .resources.stars import REMOVE

        return MockAction(self._service, REMOVE)


class RateLimitMock:
    """Answers of rate_limit."""

    def __init__(self, service: MockService) -> None:
        self._service = service

    @cached_property
    def get(self) -> MockAction:
        """Answers of rate_limit.get."""
        from .resources.rate_limit import GET

        return MockAction(self._service, GET)


class Service(MockService):
    """GitHub, answering as told. An action that was not told fails."""

    def __init__(self) -> None:
        super().__init__(CONNECTOR)

    @cached_property
    def repos(self) -> ReposMock:
        """Answers of repos."""
        return ReposMock(self)

    @cached_property
    def issues(self) -> IssuesMock:
        """Answers of issues."""
        return IssuesMock(self)

    @cached_property
    def search(self) -> SearchMock:
        """Answers of search."""
        return SearchMock(self)

    @cached_property
    def stars(self) -> StarsMock:
        """Answers of stars."""
        return StarsMock(self)

    @cached_property
    def rate_limit(self) -> RateLimitMock:
        """Answers of rate_limit."""
        return RateLimitMock(self)

    @cached_property
    def me(self) -> MockAction:
        """Answers of me."""
        from .resources.plain import ME

        return MockAction(self, ME)

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
