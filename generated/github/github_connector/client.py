"""Clients of GitHub."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TYPE_CHECKING, Unpack, overload

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
        app_id (GITHUB_APP_ID): The client id of a GitHub App.
        private_key (GITHUB_PRIVATE_KEY): The private key of the app in PEM.
        installation_id (GITHUB_INSTALLATION_ID): Which installation of the app is meant.
        webhook_secret (GITHUB_WEBHOOK_SECRET): The secret that a webhook was set up with.
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["person"] | Omit = omit,
        api_token: str | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["installation"] | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        installation_id: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["person", "installation"] | Omit = omit,
        api_token: str | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        installation_id: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "api_token": api_token,
                "app_id": app_id,
                "private_key": private_key,
                "installation_id": installation_id,
                "webhook_secret": webhook_secret,
            },
            options,
            auth=auth,
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
        app_id (GITHUB_APP_ID): The client id of a GitHub App.
        private_key (GITHUB_PRIVATE_KEY): The private key of the app in PEM.
        installation_id (GITHUB_INSTALLATION_ID): Which installation of the app is meant.
        webhook_secret (GITHUB_WEBHOOK_SECRET): The secret that a webhook was set up with.
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["person"] | Omit = omit,
        api_token: str | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["installation"] | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        installation_id: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["person", "installation"] | Omit = omit,
        api_token: str | Omit = omit,
        app_id: str | Omit = omit,
        private_key: str | Omit = omit,
        installation_id: str | Omit = omit,
        webhook_secret: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "api_token": api_token,
                "app_id": app_id,
                "private_key": private_key,
                "installation_id": installation_id,
                "webhook_secret": webhook_secret,
            },
            options,
            auth=auth,
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
