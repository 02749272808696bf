"""Reads and writes tokens, and the lease under which one process at a time refreshes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from ferrule_providers.sealing import Keyring
from ferrule_providers.store import connections
from ferrule_providers.store.tables import authorization, connection, token

EARLIEST_REFRESH_SHARE = 5
"""A token is refreshed a minute early, and at most this part of its lifetime."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a service gave. `captured` are further values of its answer, kept sealed too."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: datetime | None = None
    scopes: tuple[str, ...] = ()
    captured: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def as_bytes(self) -> bytes:
        """The form in which it is sealed."""
        expires = None if self.expires_at is None else self.expires_at.isoformat()
        parts = [self.access_token, self.refresh_token, expires, self.scopes, dict(self.captured)]
        return json.dumps(parts).encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Token":
        """What `as_bytes` made."""
        access, refresh, expires, scopes, captured = json.loads(data)
        moment = None if expires is None else datetime.fromisoformat(expires)
        return cls(access, refresh, moment, tuple(scopes), captured)


@dataclass(frozen=True, slots=True)
class StoredToken:
    """A token as it stands in the database. The revision grows with each one that is saved."""

    token: Token
    revision: int
    refresh_after: datetime | None


@dataclass(frozen=True, slots=True)
class TokenState:
    """All that decides who may do what with a token at one moment."""

    enabled: bool
    attention: str | None
    stored: StoredToken | None
    revision: int
    lease_owner: str | None
    lease_until: datetime | None
    attempt_started_at: datetime | None
    retry_after: datetime | None


def read(db: Connection, keyring: Keyring, connection_id: str) -> TokenState | None:
    """The state of a connection's token; None if the connection is gone."""
    row = db.execute(
        select(
            connection.c.enabled,
            connection.c.attention,
            token.c.revision,
            token.c.refresh_after,
            token.c.lease_owner,
            token.c.lease_until,
            token.c.attempt_started_at,
            token.c.retry_after,
        )
        .select_from(connection.outerjoin(token, token.c.connection_id == connection.c.id))
        .where(connection.c.id == connection_id)
    ).one_or_none()
    if row is None:
        return None
    stored = None
    if row.revision:
        data = connections.open_secret(db, keyring, connection_id, connections.TOKEN)
        if data is not None:
            stored = StoredToken(Token.from_bytes(data), row.revision, row.refresh_after)
    return TokenState(
        enabled=row.enabled,
        attention=row.attention,
        stored=stored,
        revision=row.revision or 0,
        lease_owner=row.lease_owner,
        lease_until=row.lease_until,
        attempt_started_at=row.attempt_started_at,
        retry_after=row.retry_after,
    )


def save(
    db: Connection,
    keyring: Keyring,
    connection_id: str,
    made: Token,
    *,
    seen: int | None,
    now: datetime,
) -> StoredToken | None:
    """Store a token, give back the lease, forget what went wrong before.

    `seen` is the revision that it follows; None replaces whatever there is. None is given back if
    another token was stored meanwhile, or the connection is gone.
    """
    found = db.execute(
        select(connection.c.id).where(connection.c.id == connection_id).with_for_update()
    ).scalar_one_or_none()
    if found is None:
        return None
    current = db.execute(
        select(token.c.revision).where(token.c.connection_id == connection_id).with_for_update()
    ).scalar_one_or_none()
    if seen is not None and (current or 0) != seen:
        return None
    revision = (current or 0) + 1
    refresh_after = refresh_moment(made.expires_at, now)
    row = {
        "revision": revision,
        "expires_at": made.expires_at,
        "refresh_after": refresh_after,
        "has_refresh": made.refresh_token is not None,
        "scopes": list(made.scopes),
        "refreshed_at": now,
        "lease_owner": None,
        "lease_until": None,
        "attempt_started_at": None,
        "failures": 0,
        "retry_after": None,
    }
    if current is None:
        db.execute(insert(token).values(connection_id=connection_id, **row))
    else:
        db.execute(update(token).where(token.c.connection_id == connection_id).values(**row))
    connections.put_secret(
        db, keyring, connection_id, connections.TOKEN, made.as_bytes(), revision=revision, now=now
    )
    return StoredToken(made, revision, refresh_after)


def take_away(db: Connection, connection_id: str) -> bool:
    """Delete a token and the sign-ins that are under way; False if there was none of either.

    The revision grows, so that a refresh that still runs cannot store what it brings.
    """
    pending = db.execute(
        delete(authorization)
        .where(authorization.c.connection_id == connection_id, authorization.c.used_at.is_(None))
        .returning(authorization.c.state_hash)
    ).all()
    taken = db.execute(
        update(token)
        .where(token.c.connection_id == connection_id, token.c.refreshed_at.is_not(None))
        .values(
            revision=token.c.revision + 1,
            expires_at=None,
            refresh_after=None,
            has_refresh=False,
            scopes=[],
            # A token that was saved has a moment here; without one there is none.
            refreshed_at=None,
            lease_owner=None,
            lease_until=None,
            attempt_started_at=None,
            failures=0,
            retry_after=None,
        )
    )
    connections.drop_secret(db, connection_id, connections.TOKEN)
    for (state_hash,) in pending:
        connections.drop_secret(db, connection_id, f"{connections.AUTHORIZATION}{state_hash}")
    return bool(pending) or taken.rowcount == 1


def refresh_moment(expires_at: datetime | None, now: datetime) -> datetime | None:
    """When a token is to be refreshed: a minute early, at most a fifth of its lifetime."""
    if expires_at is None:
        return None
    early = min(timedelta(minutes=1), max(expires_at - now, timedelta(0)) / EARLIEST_REFRESH_SHARE)
    return expires_at - early


def take_lease(
    db: Connection,
    connection_id: str,
    owner: str,
    *,
    seen: int,
    now: datetime,
    seconds: float,
    dead_owner: str | None = None,
) -> bool:
    """Become the one process that refreshes this token; also in place of an owner who has ended."""
    free = [token.c.lease_until.is_(None), token.c.lease_until < now]
    if dead_owner is not None:
        free.append(token.c.lease_owner == dead_owner)
    done = db.execute(
        update(token)
        .where(token.c.connection_id == connection_id, token.c.revision == seen, or_(*free))
        .values(
            lease_owner=owner,
            lease_until=now + timedelta(seconds=seconds),
            attempt_started_at=now,
        )
    )
    return done.rowcount == 1


def put_off(db: Connection, connection_id: str, owner: str, *, retry_after: datetime) -> None:
    """Keep others from waiting for an attempt that takes too long; whoever makes it goes on."""
    db.execute(
        update(token)
        .where(token.c.connection_id == connection_id, token.c.lease_owner == owner)
        .values(retry_after=retry_after)
    )


def give_back_lease(
    db: Connection,
    connection_id: str,
    owner: str,
    *,
    retry_after: datetime | None,
) -> None:
    """End an attempt that brought no token; others wait until `retry_after` before they try."""
    db.execute(
        update(token)
        .where(token.c.connection_id == connection_id, token.c.lease_owner == owner)
        .values(
            lease_owner=None,
            lease_until=None,
            attempt_started_at=None,
            failures=token.c.failures + 1,
            retry_after=retry_after,
        )
    )
