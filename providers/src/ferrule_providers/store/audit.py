"""The audit log: rows that are only ever added, each sealed to the one before by a hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ferrule_providers.clock import as_text
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import audit, meta

HEAD = "audit_head"
FIRST_HASH = "0" * 64
VERIFY_BATCH = 1_000
_HEAD_QUERY = select(meta.c.value).where(meta.c.key == HEAD)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, in which request. Both are named in the audit log."""

    name: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `fields` are names; no line holds a value of a setting."""

    id: int
    at: str
    actor: str
    action: str
    target: str
    result: str
    request_id: str
    fields: tuple[str, ...]
    previous_hash: str
    hash: str

    def computed_hash(self) -> str:
        """The hash that this line must carry."""
        row = [
            *(self.id, self.at, self.actor, self.action, self.target, self.result),
            *(self.request_id, list(self.fields), self.previous_hash),
        ]
        return hashlib.sha256(json.dumps(row, separators=(",", ":")).encode("ascii")).hexdigest()


def add(
    connection: Connection,
    actor: Actor,
    action: str,
    target: str,
    result: str,
    *,
    at: datetime,
    fields: Iterable[str] = (),
) -> None:
    """Add a line inside the caller's transaction; if it cannot be written, nothing else is.

    The head of the chain is locked until the transaction ends, so it is the last thing to be done.
    """
    number, previous = _locked_head(connection)
    entry = Entry(
        id=number + 1,
        at=as_text(at) or "",
        actor=actor.name,
        action=action,
        target=target,
        result=result,
        request_id=actor.request_id,
        fields=tuple(fields),
        previous_hash=previous,
        hash="",
    )
    row = {name: getattr(entry, name) for name in Entry.__slots__}
    row["fields"] = list(entry.fields)
    row["hash"] = entry.computed_hash()
    connection.execute(insert(audit).values(row))
    connection.execute(update(meta).where(meta.c.key == HEAD).values(value=[entry.id, row["hash"]]))


def _locked_head(connection: Connection) -> tuple[int, str]:
    query = _HEAD_QUERY.with_for_update()
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        first = [0, FIRST_HASH]
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        # Two processes may both be the first; the loser reads what the winner wrote.
        connection.execute(
            dialect.insert(meta).values(key=HEAD, value=first).on_conflict_do_nothing()
        )
        found = connection.execute(query).scalar_one()
    return int(found[0]), str(found[1])


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the newest line; (0, zeros) before the first."""
    return _line(connection.execute(_HEAD_QUERY).first())


def ask_head(database: Database) -> tuple[int, str]:
    """What `head` tells, asked by itself outside of any transaction."""
    return _line(database.ask(_HEAD_QUERY))


def _line(row: Row[Any] | None) -> tuple[int, str]:
    return (0, FIRST_HASH) if row is None else (int(row.value[0]), str(row.value[1]))


def newest(
    connection: Connection, *, target: str | None = None, before: int | None = None, limit: int
) -> list[Entry]:
    """Lines from the newest back, of one target or of all, older than the line `before`."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if target is not None:
        query = query.where(audit.c.target == target)
    if before is not None:
        query = query.where(audit.c.id < before)
    return [_entry(row) for row in connection.execute(query).mappings()]


def verify(connection: Connection) -> tuple[int, str | None]:
    """Walk the whole chain: how many lines are good, and what is wrong with the next one."""
    expected, last = 1, FIRST_HASH
    for entry in _walk(connection):
        if entry.id != expected:
            return expected - 1, f"line {expected} is missing"
        if entry.previous_hash != last or entry.computed_hash() != entry.hash:
            return expected - 1, f"line {expected} was changed"
        expected, last = expected + 1, entry.hash
    if head(connection) != (expected - 1, last):
        return expected - 1, "the newest lines are missing"
    return expected - 1, None


def _walk(connection: Connection) -> Iterator[Entry]:
    after = 0
    while True:
        rows: Sequence[Any] = (
            connection.execute(
                select(audit).where(audit.c.id > after).order_by(audit.c.id).limit(VERIFY_BATCH)
            )
            .mappings()
            .all()
        )
        for row in rows:
            yield _entry(row)
        if len(rows) < VERIFY_BATCH:
            return
        after = int(rows[-1]["id"])


def _entry(row: Any) -> Entry:
    return Entry(**{**row, "fields": tuple(row["fields"])})
