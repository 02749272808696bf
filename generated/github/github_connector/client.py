"""Clients of GitHub."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

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

    repos: Lazy[Repos] = Lazy(".resources.repos", "Repos")
    issues: Lazy[Issues] = Lazy(".resources.issues", "Issues")
    search: Lazy[Search] = Lazy(".resources.search", "Search")
    stars: Lazy[Stars] = Lazy(".resources.stars", "Stars")
    rate_limit: Lazy[RateLimit] = Lazy(".resources.rate_limit", "RateLimit")

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

    def me(self) -> User:
        """Show the signed-in user. GET /user."""
        from .resources.plain import ME

        return self._run(ME)

    @property
    def with_raw_response(self) -> RawGitHub:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawGitHub(self._as_raw())


class RawGitHub(Resource):
    """The client, with whole answers."""

    me = as_raw(GitHub.me)


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

    repos: Lazy[AsyncRepos] = Lazy(".resources.repos", "AsyncRepos")
    issues: Lazy[AsyncIssues] = Lazy(".resources.issues", "AsyncIssues")
    search: Lazy[AsyncSearch] = Lazy(".resources.search", "AsyncSearch")
    stars: Lazy[AsyncStars] = Lazy(".resources.stars", "AsyncStars")
    rate_limit: Lazy[AsyncRateLimit] = Lazy(".resources.rate_limit", "AsyncRateLimit")

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

    me = as_async(GitHub.me)

    @property
    def with_raw_response(self) -> AsyncRawGitHub:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawGitHub(self._as_raw())


class AsyncRawGitHub(AsyncResource):
    """The client, with whole answers."""

    me = as_raw_async(AsyncGitHub.me)
