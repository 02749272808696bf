"""Kills a key rotation and a writing service at twenty points each, and looks for what is lost.

Run it as `python -m benchmarks.providers_kills`; it takes some minutes and ends with 1 if anything
was lost, on SQLite or on PostgreSQL.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.providers_load import LIST, ONE_KEY, serving
from ferrule_providers import rotation
from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.clock import utc_now
from ferrule_providers.keys import parse_keys
from ferrule_providers.store import audit, connections, schema
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import connection
from tests.providers import packages, postgresql
from tests.services.real import REPOSITORY, ServiceMissingError

KILLS = 20
VALUES = 2_000
WRITERS = 4
NEW_KEY = "k2:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
SOMEBODY = Actor("bench", "1")


def fill(database: Database) -> dict[str, str]:
    """Connections with a secret each; gives the secrets by name."""
    keyring = parse_keys(ONE_KEY, "here")
    made = {f"c{number}": f"secret-{number}" for number in range(VALUES)}
    now = utc_now()
    with database.writing() as db:
        for name, secret in made.items():
            connection_id = connections.add(
                db, "acme", name, auth_choice=None, settings={}, connector_version="1.0.0", now=now
            )
            assert connection_id is not None
            value = json.dumps(secret).encode()
            place = "setting:api_token"
            connections.put_secret(db, keyring, connection_id, place, value, revision=1, now=now)
    return made


def opened(database: Database, keys: str) -> dict[str, str]:
    """Every secret that these keys open, by the name of its connection."""
    keyring = parse_keys(keys, "here")
    with database.reading() as db:
        rows = db.execute(connection.select()).all()
        return {
            row.name: connections.open_settings(db, keyring, row.id)["api_token"] for row in rows
        }


def kill_rotations(url: str) -> bool:
    """Rotate, killed at twenty moments spread over its length; True if nothing was lost."""
    database = Database(url)
    schema.migrate(database)
    made = fill(database)
    both = f"{NEW_KEY},{ONE_KEY}"
    words = [sys.executable, "-m", "ferrule_providers", "keys", "rotate", "--database", url]
    unreadable = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=REPOSITORY,
            env={**os.environ, "FERRULE_KEYS": both},
        )
        assert process.stderr is not None
        process.stderr.readline()
        time.sleep(random.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
        unreadable += len(rotation.verify(database, parse_keys(both, "here")).unreadable)
    rotation.rotate(database, parse_keys(both, "here"), SOMEBODY)
    whole = opened(database, NEW_KEY) == made
    database.close()
    print(f"  rotation: {KILLS} kills, {unreadable} unreadable, all open with the new key: {whole}")
    return whole and not unreadable


def kill_services(url: str, folder: Path) -> bool:
    """Set up through a service that is killed twenty times; True if all that was said is there."""
    database = Database(url)
    schema.migrate(database)
    key, _ = ApiKeys(database, utc_now).make("bench", ["write"], SOMEBODY)
    acknowledged: dict[str, str] = {}
    for kill in range(KILLS):
        with serving(url, folder) as (port, session):
            threads = [
                threading.Thread(target=_write, args=(port, key, f"k{kill}w{each}", acknowledged))
                for each in range(WRITERS)
            ]
            for thread in threads:
                thread.start()
            time.sleep(0.3 + random.random())
            os.killpg(session, signal.SIGKILL)
            for thread in threads:
                thread.join()
    found = opened(database, ONE_KEY)
    lost = [name for name, secret in acknowledged.items() if found.get(name) != secret]
    with database.reading() as db:
        _, broken = audit.verify(db)
    database.close()
    print(
        f"  set-ups: {KILLS} kills, {len(acknowledged)} acknowledged, {len(lost)} lost, {broken=}"
    )
    return not lost and broken is None and bool(acknowledged)


def _write(port: int, key: str, prefix: str, acknowledged: dict[str, str]) -> None:
    visit = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.suppress(OSError, http.client.HTTPException):
        for number in range(10_000):
            name = f"{prefix}n{number}"
            body = {
                "server": "https://93.184.216.34",
                "email": "a@b.example",
                "api_token": f"secret-of-{name}",
            }
            headers = {"X-API-Key": key, "Content-Type": "application/json"}
            path = f"{LIST}/acme/setup?connection={name}"
            visit.request("POST", path, json.dumps(body), headers)
            answer = visit.getresponse()
            answer.read()
            if answer.status == http.HTTPStatus.OK:
                acknowledged[name] = body["api_token"]
    visit.close()


def main() -> None:
    """Kill on SQLite, and on PostgreSQL where it is installed."""
    results = []
    with tempfile.TemporaryDirectory(prefix="ferrule-kills-") as place:
        folder = Path(place)
        packages.write(folder, "acme", packages.acme())
        print("SQLite")
        results.append(kill_rotations(str(folder / "rotated.db")))
        results.append(kill_services(str(folder / "served.db"), folder))
        with contextlib.suppress(ServiceMissingError), postgresql.running() as server:
            import psycopg

            with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
                admin.execute("CREATE DATABASE rotated")
                admin.execute("CREATE DATABASE served")
            print("PostgreSQL")
            results.append(kill_rotations(f"{server}/rotated"))
            results.append(kill_services(f"{server}/served", folder))
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
