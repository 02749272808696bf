"""Keys are rotated while others write, and a rotation that is killed harms nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ferrule_providers import rotation, setting_up
from ferrule_providers.core import Core
from ferrule_providers.sealing import Keyring
from ferrule_providers.store import connections
from ferrule_providers.store.tables import connection, sealed
from tests.providers.conftest import KEYS, SOMEBODY
from tests.services.real import REPOSITORY

NEW = bytes(range(1, 33))
BOTH = Keyring({"k2": NEW, **KEYS})
ONLY_NEW = Keyring({"k2": NEW})
KILLS = 4


def fill(core: Core, count: int) -> None:
    """Connections with a secret each, written straight into the tables."""
    with core.database.writing() as db:
        for number in range(count):
            connection_id = connections.add(
                db,
                "acme",
                f"c{number}",
                auth_choice=None,
                settings={},
                connector_version="1.0.0",
                now=core.clock(),
            )
            assert connection_id is not None
            connections.put_secret(
                db,
                core.keyring,
                connection_id,
                "setting:api_token",
                f'"secret-{number}"'.encode(),
                revision=1,
                now=core.clock(),
            )


def opened(core: Core, keyring: Keyring) -> dict[str, Any]:
    with core.database.reading() as db:
        rows = db.execute(select(connection.c.id, connection.c.name)).all()
        return {
            name: connections.open_settings(db, keyring, connection_id)["api_token"]
            for connection_id, name in rows
        }


def test_everything_is_sealed_anew(core: Core) -> None:
    fill(core, 120)
    assert rotation.remaining(core.database, BOTH) == 120
    batches: list[int] = []
    tally = rotation.rotate(
        core.database, BOTH, SOMEBODY, after_batch=lambda so_far: batches.append(so_far.rotated)
    )
    assert (tally.rotated, tally.unreadable, batches) == (120, [], [100, 120])
    assert rotation.remaining(core.database, BOTH) == 0
    assert opened(core, ONLY_NEW) == {f"c{number}": f"secret-{number}" for number in range(120)}
    again = rotation.rotate(core.database, BOTH, SOMEBODY)
    assert again.rotated == 0
    assert rotation.verify(core.database, ONLY_NEW).good == 120


def test_what_does_not_open_is_left_and_told(core: Core) -> None:
    fill(core, 3)
    third = Keyring({"k3": bytes(32), "k2": NEW})
    tally = rotation.rotate(core.database, third, SOMEBODY)
    assert tally.rotated == 0
    assert sorted(tally.unreadable) == [f"acme/c{number}: api_token (k1)" for number in range(3)]
    assert len(opened(core, core.keyring)) == 3


def test_a_value_changed_meanwhile_is_left_to_its_writer(core: Core) -> None:
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": "the-old-one"}
    setting_up.set_up(core, "acme", "one", body, SOMEBODY)
    with core.database.reading() as db:
        row = rotation._batch(db, None, ("", ""))[0]
    setting_up.set_up(core, "acme", "one", {"api_token": "the-new-one"}, SOMEBODY)
    with core.database.writing() as db:
        tally = rotation.Tally()
        rotation._rotate_one(db, BOTH, row, tally)
    assert tally.rotated == 0
    assert opened(core, core.keyring) == {"one": "the-new-one"}


ROTATE = """
import sys, time
from ferrule_providers import rotation
from ferrule_providers.sealing import Keyring
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
rotation.BATCH = 5
keyring = Keyring({"k2": bytes(range(1, 33)), "k1": bytes(range(32))})
def told(tally):
    print(tally.rotated, flush=True)
    time.sleep(0.002)
rotation.rotate(Database(sys.argv[1]), keyring, Actor("a", "b"), after_batch=told)
print("done", flush=True)
"""


def test_a_killed_rotation_is_begun_again(core: Core, make_core: Callable[..., Core]) -> None:
    """Killed at points spread over its work, with a writer beside it."""
    fill(core, 150)
    url = core.database.url.render_as_string(hide_password=False)
    writer = make_core(url, keyring=BOTH)
    body = {"server": "https://acme.example", "email": "a@b.example", "api_token": "new-one-0"}
    setting_up.set_up(writer, "acme", "busy", body, SOMEBODY)
    for kill in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", ROTATE, url],
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            env=dict(os.environ),
        )
        assert process.stdout is not None
        for _ in range(1 + kill):
            process.stdout.readline()
        time.sleep(0.001 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        process.stdout.close()
        setting_up.set_up(writer, "acme", "busy", {"api_token": f"new-one-{kill}"}, SOMEBODY)
        assert rotation.verify(core.database, BOTH).unreadable == []
    rotation.rotate(core.database, BOTH, SOMEBODY)
    found = opened(core, ONLY_NEW)
    assert found.pop("busy") == f"new-one-{KILLS - 1}"
    assert found == {f"c{number}": f"secret-{number}" for number in range(150)}
    with core.database.reading() as db:
        assert set(db.execute(select(sealed.c.key_id)).scalars()) == {"k2"}


@pytest.mark.parametrize("missing", ["k1", "k2"])
def test_with_one_key_too_few_it_is_told_which_values_are_lost(core: Core, missing: str) -> None:
    fill(core, 2)
    keys = {"k2": NEW, **KEYS}
    del keys[missing]
    tally = rotation.verify(core.database, Keyring(keys))
    assert (tally.good, len(tally.unreadable)) == ((0, 2) if missing == "k1" else (2, 0))
