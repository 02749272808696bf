"""Reads and writes connections and their sealed secrets, inside the caller's transaction."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ferrule_providers.sealing import Keyring, Place, Sealed
from ferrule_providers.store.tables import authorization, connection, sealed, token, usage

SETTING = "setting:"
"""Sealed rows of settings are named `setting:api_token`."""

TOKEN = "token"
"""The sealed row of a token."""

AUTHORIZATION = "authorization:"
"""Sealed rows of sign-ins are named by the hash of their state."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What may be told about a sealed value."""

    name: str
    revision: int
    key_id: str
    fingerprint: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What may be told about a token."""

    revision: int
    expires_at: datetime | None
    refresh_after: datetime | None
    refreshed_at: datetime | None
    has_refresh: bool
    scopes: tuple[str, ...]
    failures: int
    retry_after: datetime | None
    key_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """One connection as it is written down, without any secret value."""

    id: str
    provider: str
    name: str
    auth_choice: str | None
    settings: Mapping[str, Any]
    revision: int
    enabled: bool
    attention: str | None
    verified_at: datetime | None
    last_error: Mapping[str, Any] | None
    account_key: str | None
    connector_version: str
    created_at: datetime
    updated_at: datetime
    secrets: Mapping[str, Secret]
    """By the name of the setting."""
    token: TokenFacts | None = None
    pending_until: datetime | None = None

    @property
    def target(self) -> str:
        """How the audit log names it."""
        return f"{self.provider}/{self.name}"

    def key_ids(self) -> set[str]:
        """The ids of the keys that its secrets and its token need."""
        token = {self.token.key_id} if self.token is not None and self.token.key_id else set()
        return token | {secret.key_id for secret in self.secrets.values()}


def find(
    db: Connection, provider: str, name: str, *, now: datetime, lock: bool = False
) -> Stored | None:
    """The connection of a name; `lock` keeps others from changing it until the transaction ends."""
    where = (connection.c.provider == provider, connection.c.name == name)
    return _read_one(db, where, now=now, lock=lock)


def by_id(
    db: Connection, connection_id: str, *, now: datetime, lock: bool = False
) -> Stored | None:
    """The connection of an id."""
    return _read_one(db, (connection.c.id == connection_id,), now=now, lock=lock)


def _read_one(db: Connection, where: Iterable[Any], *, now: datetime, lock: bool) -> Stored | None:
    query = select(connection).where(*where)
    if lock:
        query = query.with_for_update()
    row = db.execute(query).mappings().one_or_none()
    if row is None:
        return None
    secrets = db.execute(
        select(
            sealed.c.name,
            sealed.c.revision,
            sealed.c.key_id,
            sealed.c.fingerprint,
            sealed.c.updated_at,
        ).where(sealed.c.connection_id == row["id"])
    ).all()
    tokens = db.execute(select(token).where(token.c.connection_id == row["id"])).mappings()
    pending = db.execute(
        select(authorization.c.expires_at)
        .where(
            authorization.c.connection_id == row["id"],
            authorization.c.used_at.is_(None),
            authorization.c.expires_at > now,
        )
        .order_by(authorization.c.expires_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    return Stored(
        **row,
        secrets={
            name.removeprefix(SETTING): Secret(name.removeprefix(SETTING), *rest)
            for name, *rest in secrets
            if name.startswith(SETTING)
        },
        token=_token_facts(
            tokens.one_or_none(), next((row.key_id for row in secrets if row.name == TOKEN), None)
        ),
        pending_until=pending,
    )


def _token_facts(row: RowMapping | None, key_id: str | None) -> TokenFacts | None:
    if row is None or row["refreshed_at"] is None:
        return None
    return TokenFacts(
        revision=row["revision"],
        expires_at=row["expires_at"],
        refresh_after=row["refresh_after"],
        refreshed_at=row["refreshed_at"],
        has_refresh=row["has_refresh"],
        scopes=tuple(row["scopes"]),
        failures=row["failures"],
        retry_after=row["retry_after"],
        key_id=key_id,
    )


def add(
    db: Connection,
    provider: str,
    name: str,
    *,
    auth_choice: str | None,
    settings: Mapping[str, Any],
    connector_version: str,
    now: datetime,
) -> str | None:
    """Make a connection and give its id; None if somebody else made one of that name just now."""
    connection_id = str(uuid.uuid4())
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    done = db.execute(
        dialect.insert(connection)
        .values(
            id=connection_id,
            provider=provider,
            name=name,
            auth_choice=auth_choice,
            settings=dict(settings),
            revision=1,
            enabled=True,
            attention=None,
            verified_at=None,
            last_error=None,
            account_key=None,
            connector_version=connector_version,
            created_at=now,
            updated_at=now,
        )
        .on_conflict_do_nothing(index_elements=["provider", "name"])
        .returning(connection.c.id)
    )
    return done.scalar_one_or_none()


def versions(db: Connection) -> list[tuple[str, str, str]]:
    """Id, provider and version of the connector of every connection, as it was last written."""
    rows = db.execute(
        select(connection.c.id, connection.c.provider, connection.c.connector_version)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def change(db: Connection, connection_id: str, **columns: Any) -> None:
    """Set columns of a connection."""
    db.execute(update(connection).where(connection.c.id == connection_id).values(**columns))


def remove(db: Connection, connection_id: str) -> None:
    """Delete a connection with its secrets, token, sign-ins and counts."""
    db.execute(delete(connection).where(connection.c.id == connection_id))


def put_secret(
    db: Connection,
    keyring: Keyring,
    connection_id: str,
    name: str,
    value: bytes,
    *,
    revision: int,
    now: datetime,
) -> None:
    """Seal a value under a name, in place of what stood there."""
    made = keyring.seal(Place(connection_id, name, revision), value)
    row = {
        "revision": revision,
        "key_id": made.key_id,
        "sealed": made.data,
        "fingerprint": keyring.fingerprint(connection_id, name, value),
        "updated_at": now,
    }
    where = (sealed.c.connection_id == connection_id, sealed.c.name == name)
    if db.execute(update(sealed).where(*where).values(**row)).rowcount == 0:
        db.execute(insert(sealed).values(connection_id=connection_id, name=name, **row))


def drop_secret(db: Connection, connection_id: str, name: str) -> None:
    """Delete a sealed value."""
    db.execute(delete(sealed).where(sealed.c.connection_id == connection_id, sealed.c.name == name))


def open_secret(db: Connection, keyring: Keyring, connection_id: str, name: str) -> bytes | None:
    """The value under a name; None if there is none. Raises KeyMissing or SealBroken."""
    row = db.execute(
        select(sealed.c.revision, sealed.c.key_id, sealed.c.sealed).where(
            sealed.c.connection_id == connection_id, sealed.c.name == name
        )
    ).one_or_none()
    if row is None:
        return None
    return keyring.open(Place(connection_id, name, row[0]), Sealed(row[1], bytes(row[2])))


def open_settings(db: Connection, keyring: Keyring, connection_id: str) -> dict[str, Any]:
    """Every secret setting of a connection, opened. Raises KeyMissing or SealBroken."""
    rows = db.execute(
        select(sealed.c.name, sealed.c.revision, sealed.c.key_id, sealed.c.sealed).where(
            sealed.c.connection_id == connection_id, sealed.c.name.startswith(SETTING)
        )
    ).all()
    return {
        name.removeprefix(SETTING): json.loads(
            keyring.open(Place(connection_id, name, revision), Sealed(key_id, bytes(data)))
        )
        for name, revision, key_id, data in rows
    }


def count_use(db: Connection, connection_id: str, kind: str, now: datetime) -> bool:
    """Count one use of a connection: handed_out, tested, refreshed or failed.

    False if it is gone; else it stays until the transaction ends.
    """
    there = select(connection.c.id).where(connection.c.id == connection_id)
    kept = there.with_for_update(read=True, key_share=True)
    if db.execute(kept).scalar_one_or_none() is None:
        return False
    dialect = postgresql if db.dialect.name == "postgresql" else sqlite
    adding = dialect.insert(usage).values(
        connection_id=connection_id, day=now.date(), kind=kind, count=1, last_at=now
    )
    db.execute(
        adding.on_conflict_do_update(
            index_elements=["connection_id", "day", "kind"],
            set_={"count": usage.c.count + 1, "last_at": now},
        )
    )
    return True


def read_usage(db: Connection, connection_id: str, *, days: int) -> list[dict[str, Any]]:
    """Counts by day, the newest first, of the last days on which there were any."""
    rows = db.execute(
        select(usage.c.day, usage.c.kind, usage.c.count, usage.c.last_at)
        .where(usage.c.connection_id == connection_id)
        .order_by(usage.c.day.desc(), usage.c.kind)
        .limit(days * 4)
    ).all()
    by_day: dict[Any, dict[str, Any]] = {}
    for day, kind, count, last_at in rows:
        entry = by_day.setdefault(day, {"day": day, "counts": {}, "last_at": last_at})
        entry["counts"][kind] = count
        entry["last_at"] = max(entry["last_at"], last_at)
    return list(by_day.values())[:days]
