"""Clients of GitHub."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Unpack

from ferrule_runtime.client import (
    AsyncClient,
    ClientOptions,
    SyncClient,
    as_raw,
    as_raw_async,
)
from ferrule_runtime.omit import Omit, omit

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .models.shared import User
    from .resources.issues import AsyncIssues, Issues
    from .resources.rate_limit import AsyncRateLimit, RateLimit
    from .resources.repos import AsyncRepos, Repos
    from .resources.search import AsyncSearch, Search
    from .resources.stars import AsyncStars, Stars


class GitHub(SyncClient):
    """GitHub.

    Settings that are not given are read from the environment:
        api_token (GITHUB_API_TOKEN): A personal access token.
        webhook_secret (GITHUB_WEBHOOK_SECRET): The secret that a webhook was set up with.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        api_token: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"api_token": api_token, "webhook_secret": webhook_secret}, options
        )

    @cached_property
    def repos(self) -> Repos:
        """Actions on repos."""
        from .resources.repos import Repos

        return Repos(self)

    @cached_property
    def issues(self) -> Issues:
        """Actions on issues."""
        from .resources.issues import Issues

        return Issues(self)

    @cached_property
    def search(self) -> Search:
        """Actions on search."""
        from .resources.search import Search

        return Search(self)

    @cached_property
    def stars(self) -> Stars:
        """Actions on stars."""
        from .resources.stars import Stars

        return Stars(self)

    @cached_property
    def rate_limit(self) -> RateLimit:
        """Actions on rate_limit."""
        from .resources.rate_limit import RateLimit

        return RateLimit(self)

    def me(self) -> User:
        """Show the signed-in user. GET /user."""
        from .resources.plain import ME

        return self._run(ME)

    @property
    def with_raw_response(self) -> RawGitHub:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawGitHub(self._as_raw())


class RawGitHub:
    """The client, with whole answers."""

    def __init__(self, raw: GitHub) -> None:
        self.me = as_raw(raw.me)


class AsyncGitHub(AsyncClient):
    """GitHub, async.

    Settings that are not given are read from the environment:
        api_token (GITHUB_API_TOKEN): A personal access token.
        webhook_secret (GITHUB_WEBHOOK_SECRET): The secret that a webhook was set up with.
    """

    _connector = CONNECTOR

    def __init__(
        self,
        *,
        api_token: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {"api_token": api_token, "webhook_secret": webhook_secret}, options
        )

    @cached_property
    def repos(self) -> AsyncRepos:
        """Actions on repos."""
        from .resources.repos import AsyncRepos

        return AsyncRepos(self)

    @cached_property
    def issues(self) -> AsyncIssues:
        """Actions on issues."""
        from .resources.issues import AsyncIssues

        return AsyncIssues(self)

    @cached_property
    def search(self) -> AsyncSearch:
        """Actions on search."""
        from .resources.search import AsyncSearch

        return AsyncSearch(self)

    @cached_property
    def stars(self) -> AsyncStars:
        """Actions on stars."""
        from .resources.stars import AsyncStars

        return AsyncStars(self)

    @cached_property
    def rate_limit(self) -> AsyncRateLimit:
        """Actions on rate_limit."""
        from .resources.rate_limit import AsyncRateLimit

        return AsyncRateLimit(self)

    async def me(self) -> User:
        """Show the signed-in user. GET /user."""
        from .resources.plain import ME

        return await self._run(ME)

    @property
    def with_raw_response(self) -> AsyncRawGitHub:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawGitHub(self._as_raw())


class AsyncRawGitHub:
    """The client, with whole answers."""

    def __init__(self, raw: AsyncGitHub) -> None:
        self.me = as_raw_async(raw.me)
