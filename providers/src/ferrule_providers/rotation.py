"""Seals every secret anew with the primary key; can be cut off anywhere and begun again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, or_, select, update

from ferrule_providers.clock import Clock, utc_now
from ferrule_providers.sealing import KeyMissing, Keyring, Place, SealBroken, Sealed
from ferrule_providers.store import audit
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.connections import SETTING
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import connection, sealed

BATCH = 100


@dataclass(slots=True)
class Tally:
    """How many values were seen, by what became of them."""

    rotated: int = 0
    good: int = 0
    unreadable: list[str] = field(default_factory=list)
    """Where the values stand that do not open: provider/connection: name (key)."""


def remaining(database: Database, keyring: Keyring) -> int:
    """How many values are not sealed with the primary key."""
    with database.reading() as db:
        query = select(func.count()).where(sealed.c.key_id != keyring.primary)
        return int(db.execute(query.select_from(sealed)).scalar_one())


def rotate(
    database: Database,
    keyring: Keyring,
    actor: Actor,
    *,
    clock: Clock = utc_now,
    after_batch: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Seal what older keys sealed with the primary key, a hundred values a transaction.

    Values that do not open are left as they are and told. Writers may be at work meanwhile: a value
    that changed since it was read is left to them, since they seal with a key of their own.
    """
    tally = Tally()
    after = ("", "")
    while True:
        with database.writing() as db:
            batch = _batch(db, keyring, after)
            if not batch:
                break
            for row in batch:
                _rotate_one(db, keyring, row, tally)
            last = batch[-1]
            after = (last.connection_id, last.name)
        after_batch(tally)
    with database.writing() as db:
        result = f"{tally.rotated} rotated, {len(tally.unreadable)} unreadable"
        target = f"keys/{keyring.primary}"
        audit.add(db, actor, "rotate keys", target, result, at=clock())
    return tally


def verify(database: Database, keyring: Keyring) -> Tally:
    """Open every sealed value and keep none."""
    tally = Tally()
    after = ("", "")
    while True:
        with database.reading() as db:
            batch = _batch(db, None, after)
        if not batch:
            return tally
        for row in batch:
            if _opened(keyring, row) is None:
                tally.unreadable.append(_where(row))
            else:
                tally.good += 1
        after = (batch[-1].connection_id, batch[-1].name)


def _batch(db: Connection, keyring: Keyring | None, after: tuple[str, str]) -> list["_Row"]:
    key = (sealed.c.connection_id, sealed.c.name)
    query = (
        select(
            sealed.c.connection_id,
            sealed.c.name,
            sealed.c.revision,
            sealed.c.key_id,
            sealed.c.sealed,
            connection.c.provider,
            connection.c.name,
        )
        .join(connection, connection.c.id == sealed.c.connection_id)
        .where(or_(key[0] > after[0], (key[0] == after[0]) & (key[1] > after[1])))
        .order_by(*key)
        .limit(BATCH)
    )
    if keyring is not None:
        # Writers lock the connection before its secrets; in the same order nobody waits in a ring.
        query = query.where(sealed.c.key_id != keyring.primary).with_for_update(of=connection)
    return [_Row(*row) for row in db.execute(query)]


@dataclass(frozen=True, slots=True)
class _Row:
    connection_id: str
    name: str
    revision: int
    key_id: str
    sealed: bytes = field(repr=False)
    provider: str
    connection: str


def _rotate_one(db: Connection, keyring: Keyring, row: _Row, tally: Tally) -> None:
    value = _opened(keyring, row)
    if value is None:
        tally.unreadable.append(_where(row))
        return
    made = keyring.seal(Place(row.connection_id, row.name, row.revision), value)
    done = db.execute(
        update(sealed)
        .where(
            sealed.c.connection_id == row.connection_id,
            sealed.c.name == row.name,
            sealed.c.revision == row.revision,
            sealed.c.key_id == row.key_id,
        )
        .values(
            key_id=made.key_id,
            sealed=made.data,
            fingerprint=keyring.fingerprint(row.connection_id, row.name, value),
        )
    )
    tally.rotated += done.rowcount


def _opened(keyring: Keyring, row: _Row) -> bytes | None:
    try:
        place = Place(row.connection_id, row.name, row.revision)
        return keyring.open(place, Sealed(row.key_id, bytes(row.sealed)))
    except (KeyMissing, SealBroken):
        return None


def _where(row: _Row) -> str:
    name = row.name.removeprefix(SETTING).partition(":")[0]
    return f"{row.provider}/{row.connection}: {name} ({row.key_id})"
