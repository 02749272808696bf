"""Clients of httpbin."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit

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

    @cached_property
    def echo(self) -> EchoResource:
        """Actions on echo."""
        from .resources.echo import EchoResource

        return EchoResource(self)

    @cached_property
    def auth(self) -> Auth:
        """Actions on auth."""
        from .resources.auth import Auth

        return Auth(self)

    @cached_property
    def status(self) -> Status:
        """Actions on status."""
        from .resources.status import Status

        return Status(self)

    @cached_property
    def formats(self) -> Formats:
        """Actions on formats."""
        from .resources.formats import Formats

        return Formats(self)

    @cached_property
    def redirects(self) -> Redirects:
        """Actions on redirects."""
        from .resources.redirects import Redirects

        return Redirects(self)

    @cached_property
    def delay(self) -> Delay:
        """Actions on delay."""
        from .resources.delay import Delay

        return Delay(self)

    @cached_property
    def cookies(self) -> Cookies:
        """Actions on cookies."""
        from .resources.cookies import Cookies

        return Cookies(self)


class AsyncHttpbin(AsyncClient):
    """httpbin, async.

    Settings that are not given are read from the environment:
        server (HTTPBIN_SERVER): Default: https://httpbin.org.
        username (HTTPBIN_USERNAME)
        password (HTTPBIN_PASSWORD)
        bearer_token (HTTPBIN_BEARER_TOKEN)
    """

    _connector = CONNECTOR

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

    @cached_property
    def echo(self) -> AsyncEchoResource:
        """Actions on echo."""
        from .resources.echo import AsyncEchoResource

        return AsyncEchoResource(self)

    @cached_property
    def auth(self) -> AsyncAuth:
        """Actions on auth."""
        from .resources.auth import AsyncAuth

        return AsyncAuth(self)

    @cached_property
    def status(self) -> AsyncStatus:
        """Actions on status."""
        from .resources.status import AsyncStatus

        return AsyncStatus(self)

    @cached_property
    def formats(self) -> AsyncFormats:
        """Actions on formats."""
        from .resources.formats import AsyncFormats

        return AsyncFormats(self)

    @cached_property
    def redirects(self) -> AsyncRedirects:
        """Actions on redirects."""
        from .resources.redirects import AsyncRedirects

        return AsyncRedirects(self)

    @cached_property
    def delay(self) -> AsyncDelay:
        """Actions on delay."""
        from .resources.delay import AsyncDelay

        return AsyncDelay(self)

    @cached_property
    def cookies(self) -> AsyncCookies:
        """Actions on cookies."""
        from .resources.cookies import AsyncCookies

        return AsyncCookies(self)
