"""Clients of httpbin."""

from __future__ import annotations

from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import Lazy

from ._connector import CONNECTOR

if TYPE_CHECKING:
    from .resources.auth import AsyncAuth, Auth
    from .resources.cookies import AsyncCookies, Cookies
    from .resources.delay import AsyncDelay, Delay
    from .resources.echo import AsyncEchoResource, EchoResource
    from .resources.formats import AsyncFormats, Formats
    from .resources.redirects import AsyncRedirects, Redirects
    from .resources.status import AsyncStatus, Status


class Httpbin(SyncClient):
    """httpbin.

    Settings that are not given are read from the environment:
        server (HTTPBIN_SERVER): Default: https://httpbin.org.
        username (HTTPBIN_USERNAME)
        password (HTTPBIN_PASSWORD)
        bearer_token (HTTPBIN_BEARER_TOKEN)
    """

    _connector = CONNECTOR

    echo: Lazy[EchoResource] = Lazy(".resources.echo", "EchoResource")
    auth: Lazy[Auth] = Lazy(".resources.auth", "Auth")
    status: Lazy[Status] = Lazy(".resources.status", "Status")
    formats: Lazy[Formats] = Lazy(".resources.formats", "Formats")
    redirects: Lazy[Redirects] = Lazy(".resources.redirects", "Redirects")
    delay: Lazy[Delay] = Lazy(".resources.delay", "Delay")
    cookies: Lazy[Cookies] = Lazy(".resources.cookies", "Cookies")

    @overload
    def __init__(
        self,
        *,
        auth: Literal["none"] | Omit = omit,
        server: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["basic"] | Omit = omit,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["bearer"] | Omit = omit,
        server: str | Omit = omit,
        bearer_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["none", "basic", "bearer"] | Omit = omit,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        bearer_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "server": server,
                "username": username,
                "password": password,
                "bearer_token": bearer_token,
            },
            options,
            auth=auth,
        )


class AsyncHttpbin(AsyncClient):
    """httpbin, async.

    Settings that are not given are read from the environment:
        server (HTTPBIN_SERVER): Default: https://httpbin.org.
        username (HTTPBIN_USERNAME)
        password (HTTPBIN_PASSWORD)
        bearer_token (HTTPBIN_BEARER_TOKEN)
    """

    _connector = CONNECTOR

    echo: Lazy[AsyncEchoResource] = Lazy(".resources.echo", "AsyncEchoResource")
    auth: Lazy[AsyncAuth] = Lazy(".resources.auth", "AsyncAuth")
    status: Lazy[AsyncStatus] = Lazy(".resources.status", "AsyncStatus")
    formats: Lazy[AsyncFormats] = Lazy(".resources.formats", "AsyncFormats")
    redirects: Lazy[AsyncRedirects] = Lazy(".resources.redirects", "AsyncRedirects")
    delay: Lazy[AsyncDelay] = Lazy(".resources.delay", "AsyncDelay")
    cookies: Lazy[AsyncCookies] = Lazy(".resources.cookies", "AsyncCookies")

    @overload
    def __init__(
        self,
        *,
        auth: Literal["none"] | Omit = omit,
        server: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["basic"] | Omit = omit,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["bearer"] | Omit = omit,
        server: str | Omit = omit,
        bearer_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["none", "basic", "bearer"] | Omit = omit,
        server: str | Omit = omit,
        username: str | Omit = omit,
        password: str | Omit = omit,
        bearer_token: str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "server": server,
                "username": username,
                "password": password,
                "bearer_token": bearer_token,
            },
            options,
            auth=auth,
        )
