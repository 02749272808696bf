"""Proves at the start that the keys at hand are those with which the database was sealed."""

from sqlalchemy import insert, select

from ferrule_providers.faults import CannotStart
from ferrule_providers.sealing import Keyring, Place, SealBroken, Sealed
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import meta

PREFIX = "canary:"
WORDS = b"this opens with the right key"


def check_keys(database: Database, keyring: Keyring) -> None:
    """Open the canary of every key at hand; leave one for a key that is new. Raises CannotStart."""
    found = _read(database)
    known = [key_id for key_id in keyring.ids if key_id in found]
    if found and not known:
        raise CannotStart(
            f"The database is sealed with the key {' or '.join(sorted(found))}; "
            f"this process was given {' and '.join(keyring.ids)}. Give it that key."
        )
    for key_id in known:
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
    for key_id in keyring.ids:
        if key_id not in found:
            _leave(database, keyring, key_id)


def _read(database: Database) -> dict[str, bytes]:
    with database.reading() as db:
        rows = db.execute(select(meta.c.key, meta.c.value).where(meta.c.key.startswith(PREFIX)))
        return {key.removeprefix(PREFIX): bytes.fromhex(value) for key, value in rows}


def _leave(database: Database, keyring: Keyring, key_id: str) -> None:
    made = keyring.seal(Place("canary", key_id, 1), WORDS, key_id=key_id)
    with database.writing() as db:
        name = PREFIX + key_id
        # Another process that starts with the same new key may have been first.
        if db.execute(select(meta.c.key).where(meta.c.key == name)).first() is None:
            db.execute(insert(meta).values(key=name, value=made.data.hex()))
