"""Sealed values open in their place and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from ferrule_providers import setting_up
from ferrule_providers.core import Core
from ferrule_providers.sealing import KeyMissing, Keyring, Place, SealBroken, Sealed
from ferrule_providers.store import connections
from ferrule_providers.store.tables import sealed
from tests.providers.conftest import KEYS, SOMEBODY, TOKEN

OLD_AND_NEW = Keyring({"k2": bytes(range(1, 33)), **KEYS})
places = st.builds(Place, st.text(max_size=8), st.text(max_size=8), st.integers(0, 9))


@given(places, places, st.binary(max_size=200))
def test_a_value_opens_in_its_place_only(place: Place, other: Place, value: bytes) -> None:
    keyring = Keyring(KEYS)
    made = keyring.seal(place, value)
    assert keyring.open(place, made) == value
    assert value not in made.data or len(value) < 4
    if other != place:
        with pytest.raises(SealBroken):
            keyring.open(other, made)


@given(st.binary(max_size=60), st.data())
def test_a_changed_value_does_not_open(value: bytes, data: st.DataObject) -> None:
    keyring, place = Keyring(KEYS), Place("c", "n", 1)
    made = keyring.seal(place, value).data
    index = data.draw(st.integers(0, len(made) - 1))
    changed = made[:index] + bytes([made[index] ^ 1]) + made[index + 1 :]
    for broken in (changed, made[:index]):
        with pytest.raises(SealBroken):
            keyring.open(place, Sealed("k1", broken))


def test_the_first_key_seals_and_every_key_opens() -> None:
    place = Place("c", "n", 1)
    old = Keyring(KEYS).seal(place, b"value")
    assert OLD_AND_NEW.open(place, old) == b"value"
    new = OLD_AND_NEW.seal(place, b"value")
    assert new.key_id == "k2"
    with pytest.raises(KeyMissing, match="k2"):
        Keyring(KEYS).open(place, new)


def test_a_value_that_claims_another_key_does_not_open() -> None:
    place = Place("c", "n", 1)
    made = OLD_AND_NEW.seal(place, b"value")
    with pytest.raises(SealBroken):
        OLD_AND_NEW.open(place, Sealed("k1", made.data))


def test_fingerprints_tell_changes_and_nothing_else() -> None:
    keyring = Keyring(KEYS)
    first = keyring.fingerprint("c", "api_token", b"1234")
    assert first == keyring.fingerprint("c", "api_token", b"1234")
    assert first != keyring.fingerprint("c", "api_token", b"1235")
    assert first != keyring.fingerprint("d", "api_token", b"1234")
    assert first.startswith("k1:")
    assert len(first) == len("k1:") + 6


def test_a_keyring_shows_no_key() -> None:
    assert repr(OLD_AND_NEW) == "Keyring(k2, k1)"


def test_rows_swapped_in_the_database_do_not_open(core: Core) -> None:
    for name in ("one", "two"):
        body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
        setting_up.set_up(core, "acme", name, body, SOMEBODY)
    with core.database.writing() as db:
        rows = db.execute(select(sealed.c.connection_id, sealed.c.sealed)).all()
        (first, first_data), (second, second_data) = rows
        for connection_id, data in ((first, second_data), (second, first_data)):
            db.execute(
                update(sealed).where(sealed.c.connection_id == connection_id).values(sealed=data)
            )
    with core.database.reading() as db:
        for connection_id in (first, second):
            with pytest.raises(SealBroken):
                connections.open_settings(db, core.keyring, connection_id)


def test_an_older_row_does_not_open_at_a_newer_revision(core: Core) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": "older-one"}
    setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    with core.database.reading() as db:
        old = db.execute(select(sealed.c.sealed)).scalar_one()
    setting_up.set_up(core, "acme", "one", {"api_token": TOKEN}, SOMEBODY)
    with core.database.writing() as db:
        db.execute(update(sealed).values(sealed=old))
    with core.database.reading() as db:
        stored = core.must_find(db, "acme", "one")
        with pytest.raises(SealBroken):
            connections.open_settings(db, core.keyring, stored.id)
