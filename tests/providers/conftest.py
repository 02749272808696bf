"""Databases of both kinds, connector packages, a service to connect to, and the app."""

import itertools
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from ferrule_providers.api.app import create_app
from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.canaries import check_keys
from ferrule_providers.configuration import Configuration
from ferrule_providers.core import Core
from ferrule_providers.installed import Installed, find_installed
from ferrule_providers.limiter import FailureLimiter
from ferrule_providers.networks import Networks
from ferrule_providers.sealing import Keyring
from ferrule_providers.store import schema
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from tests.conftest import skip_without_service
from tests.providers import packages, postgresql
from tests.services.loopback import Request
from tests.services.real import ServiceMissingError
from tests.services.scripted import Reply, ScriptedService, reply

TOKEN = "tok-3f9a-canary-0b77"
ORIGIN = "http://127.0.0.1:8474"
ADMIN = "/v1/admin/connector-providers"
SOMEBODY = Actor("a test", "request-1")
KEYS = {"k1": bytes(range(32))}
_numbers = itertools.count(1)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 21, 40, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def package_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with connector packages, to be put on a path."""
    folder = tmp_path_factory.mktemp("packages")
    packages.write_all(folder)
    return folder


@pytest.fixture(scope="module")
def installed(package_folder: Path) -> Iterator[Installed]:
    """The packages, found by their entry points; nothing else that may be installed here."""
    with packages.importable(str(package_folder)):
        found = find_installed()
        names = {"acme", "botly", "calendar", "broken", "number"}
        yield Installed(each for each in found if each.slug in names)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a real PostgreSQL, without a database's name."""
    try:
        postgresql.find_folder()
        server = postgresql.running()
        url = server.__enter__()
    except ServiceMissingError as missing:
        reason = str(missing)
    else:
        try:
            yield url
        finally:
            server.__exit__(None, None, None)
        return
    skip_without_service(reason)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "made.db"
    database = Database(str(path))
    schema.migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    _postgresql(postgresql_server, "CREATE DATABASE made")
    database = Database(f"{postgresql_server}/made")
    schema.migrate(database)
    database.close()
    return "made"


def _postgresql(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "providers.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    name = f"test{next(_numbers)}"
    _postgresql(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield f"{postgresql_server}/{name}"
    _postgresql(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database, once of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def make_core(installed: Installed, clock: SetClock) -> Iterator[Callable[..., Core]]:
    """Opens cores over databases; closes them at the end."""
    opened: list[Database] = []

    def make(url: str, **more: Any) -> Core:
        database = Database(url)
        opened.append(database)
        known = {
            "database": database,
            "keyring": Keyring(KEYS),
            "installed": installed,
            "networks": Networks(["127.0.0.0/8"], resolve=lambda _host: ["93.184.216.34"]),
            "clock": clock,
        }
        core = Core(**{**known, **more})
        check_keys(core.database, core.keyring)
        return core

    yield make
    for database in opened:
        database.close()


@pytest.fixture
def core(make_core: Callable[..., Core], database_url: str) -> Iterator[Core]:
    """A core over a fresh database, once of each kind."""
    yield make_core(database_url)
    for thread in threading.enumerate():
        if thread.name == "ferrule-refresh":  # saves while there is a database
            thread.join(60)


@pytest.fixture
def sqlite_core(make_core: Callable[..., Core], sqlite_url: str) -> Core:
    return make_core(sqlite_url)


def acme_answer(request: Request) -> Reply:
    """How Acme answers: it takes one token, and says rude things about others."""
    import base64

    given = (request.header("Authorization") or "").removeprefix("Basic ")
    user, _, password = base64.b64decode(given or "").decode().partition(":")
    if password != TOKEN:
        words = f"The token {password} of {user} is not ours; you sent Basic {given}"
        return reply(401, json={"message": words})
    return reply(json={"message": f"Hello, {user}"})


@pytest.fixture
def acme(service: ScriptedService) -> ScriptedService:
    """Acme, on loopback."""
    service.on("GET", "/v1/me", acme_answer)
    return service


@dataclass
class Api:
    """The app, seen as a caller with a key sees it."""

    core: Core
    client: TestClient
    key: str
    limited: dict[str, str]

    def request(self, method: str, path: str, **more: Any) -> Any:
        headers = {"X-API-Key": self.key, **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **more)

    def get(self, path: str = "", **more: Any) -> Any:
        return self.request("GET", ADMIN + path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> Any:
        if json is not None:
            more["json"] = json
        return self.request("POST", ADMIN + path, **more)

    def delete(self, path: str, **more: Any) -> Any:
        return self.request("DELETE", ADMIN + path, **more)

    def set_up(self, name: str = "default", **values: Any) -> Any:
        body = {"server": "https://acme.example", "email": "a@b.example", "api_token": TOKEN}
        return self.post(f"/acme/setup?connection={name}", {**body, **values})


def open_api(core: Core, *, limiter: FailureLimiter | None = None, **settings: Any) -> Api:
    keys = ApiKeys(core.database, core.clock, limiter)
    key, _ = keys.make("all", ["read", "write", "use"], SOMEBODY)
    limited = {each: keys.make(each, [each], SOMEBODY)[0] for each in ("read", "write", "use")}
    configuration = Configuration(database="", **settings)
    client = TestClient(
        create_app(core, configuration, keys),
        base_url=configuration.origin,
        client=("127.0.0.1", 50_000),
        follow_redirects=False,
        raise_server_exceptions=False,
    )
    return Api(core, client, key, limited)


@pytest.fixture
def api(core: Core) -> Api:
    """The app over a fresh database, once of each kind."""
    return open_api(core)


@pytest.fixture
def sqlite_api(sqlite_core: Core) -> Api:
    return open_api(sqlite_core)
