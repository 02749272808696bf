"""Clients of Acme (beta)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
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
    from .resources.any import AnyResource, AsyncAnyResource
    from .resources.feeds import AsyncFeeds, Feeds
    from .resources.files import AsyncFiles, Files
    from .resources.forms import AsyncForms, Forms
    from .resources.notes import AsyncNotes, Notes
    from .resources.things import AsyncThings, Things


class Acme(SyncClient):
    """Acme (beta).

    Everything that the language can say about a service.

    It stands here so that a change of the output is seen.

    Settings that are not given are read from the environment:
        region (ACME_V2_REGION): Default: eu.
        account (ACME_V2_ACCOUNT): The account's name. Matches [a-z]+. Example: acme.
        user (ACME_V2_USER)
        key (ACME_V2_KEY)
        old_token (ACME_V2_OLD_TOKEN)
        client_id (ACME_V2_CLIENT_ID)
        client_secret (ACME_V2_CLIENT_SECRET)
        page_limit (ACME_V2_PAGE_LIMIT): 1 to 500. Default: 100.
        since (ACME_V2_SINCE)
        tags (ACME_V2_TAGS)
        labels (ACME_V2_LABELS): Sent with every request.
        pause (ACME_V2_PAUSE): Default: 30s.
        level (ACME_V2_LEVEL)
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["key"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["user"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["app"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        old_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["key", "user", "app"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "region": region,
                "account": account,
                "user": user,
                "key": key,
                "old_token": old_token,
                "client_id": client_id,
                "client_secret": client_secret,
                "page_limit": page_limit,
                "since": since,
                "tags": tags,
                "labels": labels,
                "pause": pause,
                "level": level,
            },
            options,
            auth=auth,
        )

    @cached_property
    def things(self) -> Things:
        """Actions on things."""
        from .resources.things import Things

        return Things(self)

    @cached_property
    def files(self) -> Files:
        """Actions on files."""
        from .resources.files import Files

        return Files(self)

    @cached_property
    def feeds(self) -> Feeds:
        """Actions on feeds."""
        from .resources.feeds import Feeds

        return Feeds(self)

    @cached_property
    def notes(self) -> Notes:
        """Actions on notes."""
        from .resources.notes import Notes

        return Notes(self)

    @cached_property
    def forms(self) -> Forms:
        """Actions on forms."""
        from .resources.forms import Forms

        return Forms(self)

    @cached_property
    def any(self) -> AnyResource:
        """Actions on any."""
        from .resources.any import AnyResource

        return AnyResource(self)

    def me(self) -> User:
        """Who is asking. GET /me."""
        from .resources.plain import ME

        return self._run(ME)

    def health(self) -> Literal[True] | Literal[False]:
        """GET /health."""
        from .resources.plain import HEALTH

        return self._run(HEALTH)

    @property
    def with_raw_response(self) -> RawAcme:
        """The same actions; each gives the whole answer: status, headers and body."""
        return RawAcme(self._as_raw())


class RawAcme:
    """The client, with whole answers."""

    def __init__(self, raw: Acme) -> None:
        self.me = as_raw(raw.me)
        self.health = as_raw(raw.health)


class AsyncAcme(AsyncClient):
    """Acme (beta), async.

    Everything that the language can say about a service.

    It stands here so that a change of the output is seen.

    Settings that are not given are read from the environment:
        region (ACME_V2_REGION): Default: eu.
        account (ACME_V2_ACCOUNT): The account's name. Matches [a-z]+. Example: acme.
        user (ACME_V2_USER)
        key (ACME_V2_KEY)
        old_token (ACME_V2_OLD_TOKEN)
        client_id (ACME_V2_CLIENT_ID)
        client_secret (ACME_V2_CLIENT_SECRET)
        page_limit (ACME_V2_PAGE_LIMIT): 1 to 500. Default: 100.
        since (ACME_V2_SINCE)
        tags (ACME_V2_TAGS)
        labels (ACME_V2_LABELS): Sent with every request.
        pause (ACME_V2_PAUSE): Default: 30s.
        level (ACME_V2_LEVEL)
    """

    _connector = CONNECTOR

    @overload
    def __init__(
        self,
        *,
        auth: Literal["key"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["user"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    @overload
    def __init__(
        self,
        *,
        auth: Literal["app"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        old_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None: ...
    def __init__(
        self,
        *,
        auth: Literal["key", "user", "app"] | Omit = omit,
        region: Literal["eu", "us"] | Omit = omit,
        account: str | Omit = omit,
        user: str | Omit = omit,
        key: str | Omit = omit,
        old_token: str | Omit = omit,
        client_id: str | Omit = omit,
        client_secret: str | Omit = omit,
        page_limit: int | Omit = omit,
        since: datetime | str | Omit = omit,
        tags: Sequence[str] | Omit = omit,
        labels: Mapping[str, str] | Omit = omit,
        pause: timedelta | float | str | Omit = omit,
        level: Literal["low", "high"] | str | Omit = omit,
        **options: Unpack[ClientOptions],
    ) -> None:
        """Makes a client; no request is sent before the first call."""
        super().__init__(
            {
                "region": region,
                "account": account,
                "user": user,
                "key": key,
                "old_token": old_token,
                "client_id": client_id,
                "client_secret": client_secret,
                "page_limit": page_limit,
                "since": since,
                "tags": tags,
                "labels": labels,
                "pause": pause,
                "level": level,
            },
            options,
            auth=auth,
        )

    @cached_property
    def things(self) -> AsyncThings:
        """Actions on things."""
        from .resources.things import AsyncThings

        return AsyncThings(self)

    @cached_property
    def files(self) -> AsyncFiles:
        """Actions on files."""
        from .resources.files import AsyncFiles

        return AsyncFiles(self)

    @cached_property
    def feeds(self) -> AsyncFeeds:
        """Actions on feeds."""
        from .resources.feeds import AsyncFeeds

        return AsyncFeeds(self)

    @cached_property
    def notes(self) -> AsyncNotes:
        """Actions on notes."""
        from .resources.notes import AsyncNotes

        return AsyncNotes(self)

    @cached_property
    def forms(self) -> AsyncForms:
        """Actions on forms."""
        from .resources.forms import AsyncForms

        return AsyncForms(self)

    @cached_property
    def any(self) -> AsyncAnyResource:
        """Actions on any."""
        from .resources.any import AsyncAnyResource

        return AsyncAnyResource(self)

    async def me(self) -> User:
        """Who is asking. GET /me."""
        from .resources.plain import ME

        return await self._run(ME)

    async def health(self) -> Literal[True] | Literal[False]:
        """GET /health."""
        from .resources.plain import HEALTH

        return await self._run(HEALTH)

    @property
    def with_raw_response(self) -> AsyncRawAcme:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAcme(self._as_raw())


class AsyncRawAcme:
    """The client, with whole answers."""

    def __init__(self, raw: AsyncAcme) -> None:
        self.me = as_raw_async(raw.me)
        self.health = as_raw_async(raw.health)
