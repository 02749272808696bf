"""Clients of connections that people signed in to: their tokens come from the store, fresh."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from sqlalchemy import event, update

from ferrule_providers import (
    ConnectionNeedsAttention,
    ProvidersError,
    checking,
    connect,
    connecting,
    resetting,
    setting_up,
    signing_in,
)
from ferrule_providers.core import Core
from ferrule_providers.faults import NoTest
from ferrule_providers.handing_out import hand_out
from ferrule_providers.installed import Installed
from ferrule_providers.keys import parse_keys
from ferrule_providers.store.tables import token as token_table
from ferrule_runtime.errors import ConfigurationError, ConnectionFailed, ReconnectRequired
from tests.providers.authority import Authority
from tests.providers.conftest import SOMEBODY, Api, open_api
from tests.providers.serving import service_over
from tests.providers.test_keys import encoded
from tests.services.real import REPOSITORY

KEY = f"k1:{encoded(1)}"
SECRET = "long-client-secret"
WORKER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from ferrule_providers import connect

with connect("calendar", "one", max_attempts=1) as client:
    print("ready", flush=True)
    for line in sys.stdin:
        with ThreadPoolExecutor(25) as pool:
            told = {each["message"] for each in pool.map(lambda _: client.me(), range(25))}
        print(sorted(told), flush=True)
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
def authority() -> Iterator[Authority]:
    server = Authority()
    yield server
    server.close()


@pytest.fixture
def env(
    database_url: str, package_folder: Path, monkeypatch: pytest.MonkeyPatch, installed: Installed
) -> dict[str, str]:
    """The environment of an application beside the database."""
    monkeypatch.syspath_prepend(str(package_folder))
    monkeypatch.setattr("ferrule_providers.opening.find_installed", lambda: installed)
    monkeypatch.setattr("ferrule_providers.connecting.find_installed", lambda: installed)
    return {
        "FERRULE_PROVIDERS_DATABASE": database_url,
        "FERRULE_PROVIDERS_ALLOWED_NETWORKS": "127.0.0.0/8",
        "FERRULE_KEYS": KEY,
    }


@pytest.fixture
def here(make_core: Callable[..., Core], database_url: str, authority: Authority) -> Core:
    """A connection of alice's, at the real time."""
    from ferrule_providers.clock import utc_now

    core = make_core(database_url, keyring=parse_keys(KEY, "here"), clock=utc_now)
    body = {"server": authority.url, "client_id": "me", "client_secret": SECRET}
    setting_up.set_up(core, "calendar", "one", body, SOMEBODY)
    return core


def sign_in(core: Core) -> None:
    started = signing_in.start(core, "calendar", "one", SOMEBODY, origin="http://127.0.0.1:8474")
    leaving = signing_in.leave(core, started.url.rpartition("/")[2], None)
    back = httpx.get(leaving.url).headers["Location"]
    signing_in.finish(core, dict(parse_qsl(urlsplit(back).query)), leaving.session, "request-1")


def revision(core: Core) -> int | None:
    return hand_out(core, "calendar", "one", SOMEBODY).revision


def test_a_client_works_with_the_token_of_the_sign_in(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    with pytest.raises(ConnectionNeedsAttention) as met:
        connect("calendar", "one", environment=env)
    assert met.value.reason == "sign_in"
    sign_in(here)
    with connect("calendar", "one", environment=env) as client:
        assert client.me() == {"message": "Hello, alice"}
        assert authority.refreshes == 0
        # The service forgets the token: the client gets another one, and so does everybody else.
        authority.access_tokens.clear()
        assert client.me() == {"message": "Hello, alice"}
        with ThreadPoolExecutor(25) as pool:
            list(pool.map(lambda _: client.me(), range(100)))
    assert (authority.refreshes, revision(here)) == (1, 2)


def test_four_processes_of_25_threads_get_one_token(
    env: dict[str, str], here: Core, authority: Authority, package_folder: Path
) -> None:
    sign_in(here)
    path = os.pathsep.join([str(REPOSITORY), str(package_folder)])
    workers: list[Any] = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
            env={**os.environ, **env, "PYTHONPATH": path},
        )
        for _ in range(4)
    ]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for number in range(1, 3):
            authority.access_tokens.clear()
            for worker in workers:
                worker.stdin.write("go\n")
                worker.stdin.flush()
            for worker in workers:
                assert worker.stdout.readline() == "['Hello, alice']\n"
            assert authority.refreshes == number
    finally:
        for worker in workers:
            worker.stdin.close()
            worker.stdout.close()
            worker.kill()
            worker.wait(10)


def test_tasks_of_one_loop_wait_together(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    sign_in(here)

    async def work() -> set[str]:
        async with connect("calendar", "one", asynchronous=True, environment=env) as client:
            await client.me()
            authority.access_tokens.clear()
            answers = await asyncio.gather(*(client.me() for _ in range(50)))
            return {each["message"] for each in answers}

    assert asyncio.run(work()) == {"Hello, alice"}
    assert authority.refreshes == 1


def test_who_is_refused_for_good_is_told_to_connect_again(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    sign_in(here)
    with connect("calendar", "one", environment=env) as client:
        authority.access_tokens.clear()
        authority.refresh_tokens.clear()
        for _ in range(2):
            with pytest.raises(ReconnectRequired, match="page of the providers service"):
                client.me()
        assert authority.refreshes == 1
        with here.database.reading() as db:
            stored = here.must_find(db, "calendar", "one")
        assert stored.attention == "refresh_refused"
        # When the person has connected again, the same client goes on.
        sign_in(here)
        assert client.me() == {"message": "Hello, alice"}


def test_a_store_that_is_away_is_no_lost_credential(
    env: dict[str, str], here: Core, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(here)
    with connect("calendar", "one", environment=env) as client:
        authority.access_tokens.clear()

        def away(*_args: object, **_more: object) -> Any:
            raise ProvidersError("The database does not answer.")

        with monkeypatch.context() as broken:
            broken.setattr("ferrule_providers.connecting.hand_out", away)
            with pytest.raises(ConnectionFailed, match="The database does not answer") as caught:
                client.me()
            assert caught.value.is_retry_safe is True
        assert client.me() == {"message": "Hello, alice"}


def test_a_blip_in_the_last_minute_of_a_token_is_not_seen(
    env: dict[str, str], here: Core, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(here)
    with here.database.writing() as db:
        db.execute(update(token_table).values(refresh_after=here.clock()))

    def away(handler: Any) -> None:
        authority.refreshes += 1
        handler.send_response(503)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    monkeypatch.setattr(authority, "post", away)
    for _ in range(2):
        with connect("calendar", "one", environment=env) as client:
            assert client.me() == {"message": "Hello, alice"}
    assert authority.refreshes == 1


def test_a_database_that_only_lets_read_is_one_that_is_away(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    """A server that was demoted, a disk that was mounted read-only."""
    sign_in(here)
    api = open_api(here)
    with connect("calendar", "one", environment=env) as client, reading_only(here):
        authority.access_tokens.clear()
        with pytest.raises(ConnectionFailed, match="does not answer"):
            client.me()
        answer = api.post("/calendar/connections/one/access")
        assert (answer.status_code, answer.json()["code"]) == (503, "database-unavailable")
        # Looking at it needs nothing to be written.
        assert api.get().status_code == 200
    with connect("calendar", "one", environment=env) as client:
        assert client.me() == {"message": "Hello, alice"}


@contextlib.contextmanager
def reading_only(here: Core) -> Iterator[None]:
    """Every process that uses this database may only read it."""
    cores = [here, *connecting._cores.values()]

    def forbid(raw: Any, *_more: Any) -> None:
        with contextlib.closing(raw.cursor()) as cursor:
            pragma = "PRAGMA query_only = ON"
            refuse = "SET default_transaction_read_only = on"
            cursor.execute(pragma if here.database.is_sqlite else refuse)
            raw.commit()

    for core in cores:
        event.listen(core.database.engine, "connect", forbid)
        core.database.engine.dispose()
    yield
    for core in cores:
        event.remove(core.database.engine, "connect", forbid)
        core.database.engine.dispose()


def test_a_token_whose_key_is_gone_needs_a_person(
    env: dict[str, str], here: Core, authority: Authority, make_core: Callable[..., Core]
) -> None:
    """Its key was taken away after a rotation that somebody did not see through."""
    sign_in(here)
    both = parse_keys(f"k2:{encoded(2)},{KEY}", "there")
    url = here.database.url.render_as_string(hide_password=False)
    rotating = make_core(url, keyring=both, clock=here.clock)
    body = {"client_secret": "another-long-secret"}
    setting_up.set_up(rotating, "calendar", "one", body, SOMEBODY)
    without = make_core(url, keyring=parse_keys(f"k2:{encoded(2)}", "there"), clock=here.clock)
    with pytest.raises(ConnectionNeedsAttention) as met:
        hand_out(without, "calendar", "one", SOMEBODY)
    assert met.value.reason == "key_missing"
    outcome = open_api(without).post("/calendar/connections/one/test")
    assert (outcome.status_code, outcome.json()["code"]) == (409, "needs-attention")
    sign_in(without)
    assert hand_out(without, "calendar", "one", SOMEBODY).access_token


def test_a_connection_that_is_gone_is_no_connection_that_failed(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    sign_in(here)
    with connect("calendar", "one", environment=env) as client:
        authority.access_tokens.clear()
        resetting.reset(here, "calendar", "one", SOMEBODY, revoke=False)
        with pytest.raises(ConfigurationError, match="has no connection"):
            client.me()


@pytest.fixture
def service_url(here: Core) -> Iterator[tuple[str, Api]]:
    with service_over(here) as found:
        yield found


def test_through_the_service_no_long_lived_secret_is_seen(
    env: dict[str, str], here: Core, authority: Authority, service_url: tuple[str, Api]
) -> None:
    url, api = service_url
    sign_in(here)
    away = {"FERRULE_PROVIDERS_URL": url, "FERRULE_PROVIDERS_API_KEY": api.limited["use"]}
    handed = api.post("/calendar/connections/one/access").text
    assert SECRET not in handed
    assert "refresh-" not in handed
    with connect("calendar", "one", environment=away) as client:
        assert client.me() == {"message": "Hello, alice"}
        authority.access_tokens.clear()
        assert client.me() == {"message": "Hello, alice"}

    async def work() -> Any:
        async with connect("calendar", "one", asynchronous=True, environment=away) as client:
            authority.access_tokens.clear()
            return await client.me()

    assert asyncio.run(work()) == {"message": "Hello, alice"}
    assert (authority.refreshes, revision(here)) == (2, 3)


def test_a_connection_is_tested_with_its_token(
    env: dict[str, str], here: Core, authority: Authority
) -> None:
    body = {"server": authority.url, "client_id": "me", "client_secret": SECRET}
    with pytest.raises(NoTest, match="signed in"):
        setting_up.set_up(here, "calendar", "two", body, SOMEBODY, test=True)
    sign_in(here)
    assert checking.check(here, "calendar", "one", SOMEBODY).ok
    authority.access_tokens.clear()
    assert checking.check(here, "calendar", "one", SOMEBODY).ok
    assert authority.refreshes == 1


def test_what_a_test_met_is_cleared_by_a_test(
    env: dict[str, str], here: Core, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody gives the account its rights back at the service: nobody has to sign in again."""
    sign_in(here)

    def refuse(handler: Any) -> None:
        handler.send_response(403)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with monkeypatch.context() as patched:
        patched.setattr(authority, "me", refuse)
        for _ in range(2):
            assert checking.check(here, "calendar", "one", SOMEBODY).verdict == "refused"
        with pytest.raises(ConnectionNeedsAttention):
            connect("calendar", "one", environment=env)
    assert checking.check(here, "calendar", "one", SOMEBODY).ok
    with connect("calendar", "one", environment=env) as client:
        assert client.me() == {"message": "Hello, alice"}


def test_a_child_that_was_forked_while_others_asked_asks_by_itself(
    env: dict[str, str], here: Core, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(here)
    begun, go_on = threading.Event(), threading.Event()
    parent, real = os.getpid(), hand_out

    def slow(*words: Any, **options: Any) -> Any:
        if os.getpid() == parent and options["refused"] is not None:
            begun.set()
            go_on.wait(60)
        return real(*words, **options)

    monkeypatch.setattr(connecting, "hand_out", slow)
    with connect("calendar", "one", environment=env) as client:
        authority.access_tokens.clear()
        other = threading.Thread(target=client.me)
        other.start()
        assert begun.wait(60)
        with connecting._turn.lock:
            child = os.fork()
        if child == 0:
            status = 1
            with contextlib.suppress(BaseException):
                status = 0 if client.me() == {"message": "Hello, alice"} else 2
            os._exit(status)
        watchdog = threading.Timer(60, os.kill, (child, signal.SIGKILL))
        watchdog.start()
        try:
            assert os.waitpid(child, 0)[1] == 0
        finally:
            watchdog.cancel()
            go_on.set()
            other.join(60)
