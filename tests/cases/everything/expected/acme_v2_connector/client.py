"""Clients of Acme (beta)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, TYPE_CHECKING, Unpack, overload

from ferrule_runtime.client import AsyncClient, ClientOptions, SyncClient
from ferrule_runtime.omit import Omit, omit
from ferrule_runtime.resources import AsyncResource, Lazy, Resource
from ferrule_runtime.twins import as_async, as_raw, as_raw_async

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

    things: Lazy[Things] = Lazy(".resources.things", "Things")
    files: Lazy[Files] = Lazy(".resources.files", "Files")
    feeds: Lazy[Feeds] = Lazy(".resources.feeds", "Feeds")
    notes: Lazy[Notes] = Lazy(".resources.notes", "Notes")
    forms: Lazy[Forms] = Lazy(".resources.forms", "Forms")
    any: Lazy[AnyResource] = Lazy(".resources.any", "AnyResource")

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


class RawAcme(Resource):
    """The client, with whole answers."""

    me = as_raw(Acme.me)
    health = as_raw(Acme.health)


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

    things: Lazy[AsyncThings] = Lazy(".resources.things", "AsyncThings")
    files: Lazy[AsyncFiles] = Lazy(".resources.files", "AsyncFiles")
    feeds: Lazy[AsyncFeeds] = Lazy(".resources.feeds", "AsyncFeeds")
    notes: Lazy[AsyncNotes] = Lazy(".resources.notes", "AsyncNotes")
    forms: Lazy[AsyncForms] = Lazy(".resources.forms", "AsyncForms")
    any: Lazy[AsyncAnyResource] = Lazy(".resources.any", "AsyncAnyResource")

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

    me = as_async(Acme.me)
    health = as_async(Acme.health)

    @property
    def with_raw_response(self) -> AsyncRawAcme:
        """The same actions; each gives the whole answer: status, headers and body."""
        return AsyncRawAcme(self._as_raw())


class AsyncRawAcme(AsyncResource):
    """The client, with whole answers."""

    me = as_raw_async(AsyncAcme.me)
    health = as_raw_async(AsyncAcme.health)
