"""Proves at the start that the keys at hand are those with which the database was sealed."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from ferrule_providers.faults import CannotStart
from ferrule_providers.sealing import Keyring, Place, SealBroken, Sealed
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import meta

PREFIX = "canary:"
WORDS = b"this opens with the right key"


def check_keys(database: Database, keyring: Keyring) -> None:
    """Open the canary of every key at hand; leave one for a key that is new. Raises CannotStart."""
    found = _read(database)
    fresh = [key_id for key_id in keyring.ids if key_id not in found]
    known = [key_id for key_id in keyring.ids if key_id in found]
    if found and not known:
        raise CannotStart(
            f"The database is sealed with the key {' or '.join(sorted(found))}; "
            f"this process was given {' and '.join(keyring.ids)}. Give it that key."
        )
    _check(keyring, known, found)
    if fresh:
        for key_id in fresh:
            _leave(database, keyring, key_id)
        # Another process may have been first, with another key of the same id.
        _check(keyring, fresh, _read(database))


def _check(keyring: Keyring, key_ids: Iterable[str], found: Mapping[str, bytes]) -> None:
    for key_id in key_ids:
        place = Place("canary", key_id, 1)
        try:
            good = keyring.open(place, Sealed(key_id, found[key_id])) == WORDS
        except SealBroken:
            good = False
        if not good:
            raise CannotStart(
                f"The key {key_id} is not the key {key_id} with which this database is sealed. "
                f"Give the right one, or give a new key another id."
            )


def _read(database: Database) -> dict[str, bytes]:
    with database.reading() as db:
        rows = db.execute(select(meta.c.key, meta.c.value).where(meta.c.key.startswith(PREFIX)))
        return {key.removeprefix(PREFIX): bytes.fromhex(value) for key, value in rows}


def _leave(database: Database, keyring: Keyring, key_id: str) -> None:
    made = keyring.seal(Place("canary", key_id, 1), WORDS, key_id=key_id)
    with database.writing() as db:
        dialect = postgresql if db.dialect.name == "postgresql" else sqlite
        row = {"key": PREFIX + key_id, "value": made.data.hex()}
        db.execute(dialect.insert(meta).values(row).on_conflict_do_nothing())
