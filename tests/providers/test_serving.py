"""The service as a process: it starts, stops in order, and loses nothing that it acknowledged."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.core import Core
from ferrule_providers.store import audit, connections
from ferrule_providers.store.tables import connection
from tests.providers.conftest import ADMIN, SOMEBODY
from tests.services.real import REPOSITORY, stop

READY_SECONDS = 60.0
ONE = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
WRITERS = 4


@contextlib.contextmanager
def serving(url: str, packages: Path, *words: str) -> Iterator[tuple[Any, int]]:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if "FERRULE" not in name}
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "ferrule_providers", "serve", "--database", url),
            *("--port", str(port), *words),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
        start_new_session=True,
        env={**clean, "FERRULE_KEYS": ONE, "PYTHONPATH": str(packages)},
    )
    try:
        wait_until_ready(process, port)
        yield process, port
    finally:
        stop(process)
        if process.stderr is not None:
            process.stderr.close()


def wait_until_ready(process: Any, port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read().decode()
        with contextlib.suppress(OSError):
            if ask(port, "GET", "/health")[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the service does not answer")


def ask(port: int, method: str, path: str, key: str = "", body: Any = None) -> tuple[int, Any]:
    visit = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"X-API-Key": key, "Content-Type": "application/json"}
        visit.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = visit.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        visit.close()


def names(core: Core) -> set[str]:
    with core.database.reading() as db:
        return set(db.execute(connection.select().with_only_columns(connection.c.name)).scalars())


def test_it_starts_lists_and_stops_in_order(core: Core, package_folder: Path) -> None:
    url = core.database.url.render_as_string(hide_password=False)
    with serving(url, package_folder, "--workers", "2") as (process, port):
        status, listed = ask(port, "GET", ADMIN)
        assert status == 200
        assert "acme" in {each["provider"] for each in listed["data"]}
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        told = process.stderr.read().decode()
    assert "WARNING: THIS SERVICE HAS NO API KEY" in told
    assert "broken connector broken: RuntimeError" in told
    assert '"route": "/v1/admin/connector-providers"' in told


def test_a_killed_service_has_lost_nothing_that_it_acknowledged(
    core: Core, package_folder: Path
) -> None:
    url = core.database.url.render_as_string(hide_password=False)
    keys = ApiKeys(core.database, core.clock)
    key, _ = keys.make("writer", ["write"], SOMEBODY)
    body = {"server": "https://acme.example", "email": "a@b.example"}
    acknowledged: dict[str, str] = {}
    enough = threading.Event()

    def write(writer: int, port: int) -> None:
        for number in range(500):
            name, secret = f"w{writer}-{number}", f"secret-{writer}-{number}"
            try:
                path = f"{ADMIN}/acme/setup?connection={name}"
                status, _ = ask(port, "POST", path, key, {**body, "api_token": secret})
            except (OSError, http.client.HTTPException, ValueError):
                return
            if status == 200:
                acknowledged[name] = secret
            if len(acknowledged) >= 30:
                enough.set()

    with serving(url, package_folder, "--allow-network", "all") as (process, port):
        threads = [threading.Thread(target=write, args=(each, port)) for each in range(WRITERS)]
        for thread in threads:
            thread.start()
        assert enough.wait(60)
        process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join(60)
        process.wait(30)
    assert len(acknowledged) >= 30
    assert set(acknowledged) <= names(core)
    with core.database.reading() as db:
        for name, secret in acknowledged.items():
            stored = core.must_find(db, "acme", name)
            assert connections.open_settings(db, core.keyring, stored.id) == {"api_token": secret}
        assert audit.verify(db)[1] is None
        if core.database.is_sqlite:
            assert db.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


@pytest.mark.parametrize("words", [("--workers", "2")])
def test_the_first_start_makes_key_and_database(
    tmp_path: Path, package_folder: Path, words: tuple[str, ...]
) -> None:
    keys, path = tmp_path / "keys", tmp_path / "providers.db"
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if "FERRULE" not in name}
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "ferrule_providers", "serve", "--new-key"),
            *("--database", str(path), "--keys-file", str(keys), "--port", str(port), *words),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
        start_new_session=True,
        env={**clean, "PYTHONPATH": str(package_folder)},
    )
    try:
        wait_until_ready(process, port)
    finally:
        stop(process)
        assert process.stderr is not None
        process.stderr.close()
    assert keys.stat().st_mode & 0o777 == 0o600
    assert path.exists()
