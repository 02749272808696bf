"""Code asks for a connection and gets a ready client, from the database or through the service."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ferrule_providers import (
    CannotStart,
    ConnectionNeedsAttention,
    ConnectionNotFound,
    ProviderBroken,
    ProviderNotFound,
    connect,
    connecting,
    resetting,
    setting_up,
)
from ferrule_providers.core import Core
from ferrule_providers.faults import ProvidersError, ServiceUnreachable
from ferrule_providers.installed import Installed
from ferrule_providers.keys import parse_keys
from ferrule_providers.store.engine import Database
from tests.providers.conftest import SOMEBODY, TOKEN, Api
from tests.providers.serving import service_over
from tests.providers.test_keys import encoded
from tests.services.real import REPOSITORY
from tests.services.scripted import ScriptedService

KEY = f"k1:{encoded(1)}"
LIGHT = """
import sys, ferrule_providers
print([name for name in ("fastapi", "sqlalchemy", "httpx", "alembic") if name in sys.modules])
"""


@pytest.fixture(autouse=True)
def nothing_opened() -> Iterator[None]:
    """Each test opens its own databases, as a new process would."""
    yield
    for core in connecting._cores.values():
        core.database.close()
    connecting._cores.clear()
    connecting._installed.clear()


@pytest.fixture
def env(
    database_url: str, package_folder: Path, monkeypatch: pytest.MonkeyPatch, installed: Installed
) -> dict[str, str]:
    """The environment of an application beside the database."""
    monkeypatch.syspath_prepend(str(package_folder))
    monkeypatch.setattr("ferrule_providers.opening.find_installed", lambda: installed)
    monkeypatch.setattr("ferrule_providers.connecting.find_installed", lambda: installed)
    return {"FERRULE_PROVIDERS_DATABASE": database_url, "FERRULE_KEYS": KEY}


@pytest.fixture
def here(make_core: Callable[..., Core], database_url: str) -> Core:
    return make_core(database_url, keyring=parse_keys(KEY, "here"))


def set_up(core: Core, server: str, name: str = "one", **more: Any) -> None:
    body = {"server": server, "email": "a@b.example", "api_token": TOKEN, **more}
    setting_up.set_up(core, "acme", name, body, SOMEBODY)


def test_a_ready_client(env: dict[str, str], here: Core, acme: ScriptedService) -> None:
    set_up(here, acme.url)
    with connect("acme", "one", environment=env, max_attempts=1) as client:
        assert client.me()["message"] == "Hello, a@b.example/token"
        assert "acme/one" in repr(client)
        assert TOKEN not in repr(client)
    with here.database.reading() as db:
        (counted,) = db.exec_driver_sql("SELECT count FROM usage WHERE kind = 'handed_out'").one()
    assert counted == 1


def test_a_typed_client_and_an_async_one(
    env: dict[str, str], here: Core, acme: ScriptedService, installed: Installed
) -> None:
    set_up(here, acme.url)
    plain = installed["acme"].client_class()
    with connect(plain, "one", environment=env) as client:
        assert type(client) is plain

    async def ask(what: Any, **more: Any) -> Any:
        async with connect(what, "one", environment=env, **more) as waiting:
            return await waiting.me()

    for told in (
        asyncio.run(ask("acme", asynchronous=True)),
        asyncio.run(ask(installed["acme"].client_class(asynchronous=True))),
    ):
        assert told["message"].startswith("Hello")


def test_what_cannot_be_connected_is_told_before_anything_is_sent(
    env: dict[str, str], here: Core, acme: ScriptedService
) -> None:
    set_up(here, acme.url)
    with pytest.raises(ProviderNotFound):
        connect("nobody", environment=env)
    with pytest.raises(ProviderNotFound):
        connect(dict, environment=env)
    with pytest.raises(ConnectionNotFound):
        connect("acme", environment=env)
    with pytest.raises(ProviderBroken):
        connect("broken", environment=env)
    resetting.switch(here, "acme", "one", SOMEBODY, enabled=False)
    with pytest.raises(ConnectionNeedsAttention) as met:
        connect("acme", "one", environment=env)
    assert met.value.reason == "disabled"
    assert acme.requests == []


def test_a_process_without_the_right_key(env: dict[str, str], here: Core) -> None:
    set_up(here, "https://acme.example")
    with pytest.raises(CannotStart, match="No encryption key"):
        connect("acme", "one", environment={**env, "FERRULE_KEYS": ""})
    with pytest.raises(CannotStart, match="is not the key k1"):
        connect("acme", "one", environment={**env, "FERRULE_KEYS": f"k1:{encoded(9)}"})


@pytest.fixture
def service_url(here: Core) -> Iterator[tuple[str, Api]]:
    with service_over(here) as found:
        yield found


def test_through_the_service(
    env: dict[str, str], here: Core, acme: ScriptedService, service_url: tuple[str, Api]
) -> None:
    url, api = service_url
    set_up(here, acme.url, page_size=7, key_file="a file")
    away = {
        "FERRULE_PROVIDERS_URL": url,
        "FERRULE_PROVIDERS_API_KEY": api.limited["use"],
    }
    with connect("acme", "one", environment=away) as client:
        assert client.me()["message"] == "Hello, a@b.example/token"
    faults: list[tuple[type[ProvidersError], str, dict[str, Any]]] = [
        (ConnectionNotFound, "none", {}),
        (CannotStart, "one", {"api_key": api.limited["read"]}),
        (CannotStart, "one", {"api_key": "wrong"}),
        (CannotStart, "one", {"url": "http://connectors.example.com"}),
        (CannotStart, "one", {"url": "connectors.example.com"}),
        (ServiceUnreachable, "one", {"url": "http://127.0.0.1:9"}),
    ]
    for kind, name, more in faults:
        with pytest.raises(kind) as met:
            connect("acme", name, environment=away, **more)
        assert api.limited["use"] not in str(met.value)
    resetting.switch(here, "acme", "one", SOMEBODY, enabled=False)
    with pytest.raises(ConnectionNeedsAttention) as off:
        connect("acme", "one", environment=away)
    assert off.value.reason == "disabled"


def test_a_database_that_is_away_is_told_by_a_fault_of_ours(
    env: dict[str, str], here: Core, acme: ScriptedService
) -> None:
    set_up(here, acme.url)
    connect("acme", "one", environment=env).close()
    (core,) = connecting._cores.values()
    there = core.database
    object.__setattr__(core, "database", Database("/proc/none/canary.db"))
    with pytest.raises(ServiceUnreachable, match="does not answer: OperationalError"):
        connect("acme", "one", environment=env)
    object.__setattr__(core, "database", there)
    connect("acme", "one", environment=env).close()


def test_the_key_goes_to_the_service_and_to_no_other_path_or_proxy(
    env: dict[str, str], acme: ScriptedService, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, acme.url)
    away = {"FERRULE_PROVIDERS_URL": "http://127.0.0.1:9", "FERRULE_PROVIDERS_API_KEY": "a-key"}
    with pytest.raises(ServiceUnreachable, match="ConnectError"):
        connect("acme", "one", environment=away)
    away["FERRULE_PROVIDERS_URL"] = acme.url
    for name in ("tenant-x/../other", "../../botly/connections/one", "A", ""):
        with pytest.raises(ConnectionNotFound):
            connect("acme", name, environment=away)
    assert not acme.requests


def test_a_stranger_at_the_address_is_told_apart(
    env: dict[str, str], acme: ScriptedService
) -> None:
    from tests.services.scripted import reply

    path = "/v1/admin/connector-providers/acme/connections/one/access"
    strange = {"token": "tok-canary", "provider": "acme"}
    for answer in (reply(text="<html>", status=200), reply(json={}), reply(json=strange)):
        acme.on("POST", path, answer)
        with pytest.raises(ServiceUnreachable, match="not as a providers service does") as met:
            connect("acme", "one", url=acme.url, environment=env)
        assert met.value.__context__ is None, "what came hangs on no exception"


def test_a_server_that_is_not_there_may_be_later(env: dict[str, str]) -> None:
    with pytest.raises(ServiceUnreachable, match="cannot be used") as met:
        connect("acme", "one", database="postgresql://a:canary-pw@127.0.0.1:9/x", environment=env)
    assert "canary-pw" not in str(met.value)


def test_the_package_is_imported_lightly() -> None:
    """`import ferrule_providers` brings neither a web framework nor a database."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            LIGHT,
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        timeout=60,
        env=dict(os.environ),
    )
    assert told.stdout.strip() == "[]"
