"""One refresh per expiry, whoever shares the store: threads, tasks, event loops, processes."""

import asyncio
import copy
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.credentials.shelf import KeptToken, key_of
from ferrule_runtime.stores import MemoryStore, StoreFault, TokenStore, file_store
from tests.runtime.authority import GET, GIVEN, Authority, acme, stored_fields
from tests.runtime.faces import Face, connector_at
from tests.services.scripted import ScriptedService, reply


def client_of(face: Face, service: ScriptedService, store: TokenStore, **given: Any) -> Any:
    return face.client(acme(service.url), {**GIVEN, **given}, token_store=store, backoff=None)


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def face(request: pytest.FixtureRequest) -> Iterator[Face]:
    """Sync and async, over the wire that is usual: which one it is makes no difference here."""
    made = Face("httpcore", is_async=request.param)
    yield made
    made.close()


@pytest.fixture
def authority(service: ScriptedService) -> Authority:
    return Authority(service)


def the_key(store: MemoryStore) -> str:
    (key,) = store._texts
    return key


def test_a_second_client_takes_the_token_of_the_first(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = MemoryStore()
    for _ in range(3):
        assert face.run(client_of(face, service, store), GET) == {"token": "access-1"}
    assert authority.refreshes == 1


def test_a_refresh_token_that_was_spent_elsewhere_is_not_spent_again(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = MemoryStore()
    first, second = (client_of(face, service, store) for _ in range(2))
    face.run(first, GET)
    face.run(second, GET)
    authority.expire()
    assert face.run(second, GET) == {"token": "access-2"}
    # The first one still holds access-1 and refresh-1: it looks into the store before it asks.
    assert face.run(first, GET) == {"token": "access-2"}
    assert authority.refreshes == 2


def test_a_rotated_token_is_stored_before_the_new_one_is_used(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store, seen = MemoryStore(), []

    def resource(request: Any) -> Any:
        seen.append(stored_fields(store.load(the_key(store)))["refresh_token"])
        return authority.resource(request)

    service.on("GET", "/x", resource)
    face.run(client_of(face, service, store), GET)
    assert seen == ["refresh-1"]


class Failing(MemoryStore):
    """A store whose disk is full for a while."""

    is_full = False

    def save(self, key: str, text: str) -> None:
        if self.is_full:
            raise OSError(28, "No space left on device")
        super().save(key, text)


def test_a_token_that_cannot_be_stored_is_not_used_and_not_lost(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = Failing()
    store.is_full = True
    client = client_of(face, service, store)
    with pytest.raises(errors.ConfigurationError, match="No space left on device") as caught:
        face.run(client, GET)
    assert service.calls("GET", "/x") == []
    told = "".join(
        traceback.TracebackException.from_exception(caught.value, capture_locals=True).format()
    )
    assert "access-1" not in told
    assert "refresh-1" not in told
    store.is_full = False
    assert face.run(client, GET) == {"token": "access-1"}
    assert authority.refreshes == 1


class Away(MemoryStore):
    """A store that cannot be reached for a while: `at` names what then fails."""

    at: tuple[str, ...] = ()

    def _ask(self, name: str) -> None:
        if name in self.at:
            raise StoreFault(f"{name} failed", may_pass=True)

    def load(self, key: str) -> str | None:
        self._ask("load")
        return super().load(key)

    def save(self, key: str, text: str) -> None:
        self._ask("save")
        super().save(key, text)

    def delete(self, key: str) -> None:
        self._ask("delete")
        super().delete(key)

    def try_lock(self, key: str) -> Any:
        self._ask("try_lock")
        release = super().try_lock(key)

        def given_back() -> None:
            assert release is not None
            release()
            self._ask("release")

        return release and given_back


@pytest.mark.parametrize("at", ["load", "save", "try_lock"])
def test_a_store_that_is_away_for_a_moment_is_no_fault_of_the_settings(
    face: Face, service: ScriptedService, authority: Authority, at: str
) -> None:
    store = Away()
    store.at = (at,)
    client = client_of(face, service, store)
    with pytest.raises(errors.ConnectionFailed, match=f"token store .* now: {at} failed") as caught:
        face.run(client, GET)
    assert caught.value.is_retry_safe is True
    assert caught.value.action == "auth.token"
    assert service.calls("GET", "/x") == []
    store.at = ()
    assert face.run(client, GET) == {"token": "access-1"}
    assert authority.refreshes == 1


def test_a_lock_that_cannot_be_given_back_does_not_lose_the_token(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = Away()
    store.at = ("release",)
    assert face.run(client_of(face, service, store), GET) == {"token": "access-1"}


def test_a_refused_refresh_is_told_to_all_and_asked_once(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    authority.is_revoked = True
    store = MemoryStore()
    for _ in range(2):
        client = client_of(face, service, store)
        for _ in range(2):
            with pytest.raises(errors.ReconnectRequired):
                face.run(client, GET)
    assert len(service.calls("POST", "/token")) == 1
    assert service.calls("GET", "/x") == []


def test_another_refresh_token_that_is_given_begins_anew(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = MemoryStore()
    authority.is_revoked = True
    with pytest.raises(errors.ReconnectRequired):
        face.run(client_of(face, service, store), GET)
    authority.is_revoked, authority.current = False, "refresh-new"
    client = client_of(face, service, store, refresh_token="refresh-new")
    assert face.run(client, GET) == {"token": "access-1"}


def test_what_is_stored_and_is_nothing_of_ours_is_as_nothing(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = MemoryStore()
    face.run(client_of(face, service, store), GET)
    for text in ("", "[]", "{", '{"access_token": 1}', "null"):
        store.save(the_key(store), text)
        authority.current = "refresh-0"
        assert face.run(client_of(face, service, store), GET)["token"] in authority.good


def test_the_lock_is_waited_for_as_long_as_the_call_may_take(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    store = MemoryStore()
    face.run(client_of(face, service, store), GET)
    authority.expire()
    release = store.try_lock(the_key(store))
    assert release is not None
    client = client_of(face, service, store)
    with pytest.raises(errors.Timeout):
        face.run(client.with_options(deadline=0.3), GET)
    release()
    assert face.run(client, GET) == {"token": "access-2"}


def test_a_cancelled_call_loses_no_token(service: ScriptedService, authority: Authority) -> None:
    from ferrule_runtime.client import AsyncClient

    authority.after_seconds = 0.2
    store, asked = MemoryStore(), threading.Event()

    def token(request: Any) -> Any:
        asked.set()
        return authority.token(request)

    service.on("POST", "/token", token)
    kind = type("Acme", (AsyncClient,), {"_connector": acme(service.url)})

    async def cancelled() -> Any:
        async with kind(GIVEN, {"token_store": store, "backoff": None}) as client:
            task = asyncio.ensure_future(client._run(GET))
            await asyncio.to_thread(asked.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return await client._run(GET)

    assert asyncio.run(cancelled()) == {"token": "access-1"}
    assert authority.refreshes == 1


def test_a_client_that_is_closed_meanwhile_loses_no_token(
    service: ScriptedService, authority: Authority
) -> None:
    from ferrule_runtime.client import AsyncClient

    authority.after_seconds = 0.2
    store = MemoryStore()
    kind = type("Acme", (AsyncClient,), {"_connector": acme(service.url)})

    async def given_up() -> None:
        async with kind(GIVEN, {"token_store": store, "backoff": None}) as client:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client._run(GET), 0.1)

    async def another() -> Any:
        async with kind(GIVEN, {"token_store": store, "backoff": None}) as client:
            return await client._run(GET)

    asyncio.run(given_up())
    assert stored_fields(store.load(the_key(store)))["refresh_token"] == "refresh-1"
    assert asyncio.run(another()) == {"token": "access-1"}


WORKER = """
import asyncio, sys, threading
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.stores import file_store, redis_store
from tests.runtime.authority import GET, GIVEN, acme

url, place = sys.argv[1:]
store = redis_store(place, "w:") if place.startswith("redis") else file_store(place)
options = {"token_store": store, "backoff": None}
made = acme(url)
sync = type("Acme", (SyncClient,), {"_connector": made})(GIVEN, options)
print("ready", flush=True)
for line in sys.stdin:
    failures = []
    def call():
        try:
            assert sync._run(GET)["token"]
        except BaseException as error:
            failures.append(repr(error))
    def loop():
        async def many():
            async with type("Acme", (AsyncClient,), {"_connector": made})(GIVEN, options) as client:
                await asyncio.gather(*(client._run(GET) for _ in range(3)))
        try:
            asyncio.run(many())
        except BaseException as error:
            failures.append(repr(error))
    threads = [threading.Thread(target=each) for each in (call, call, loop, loop)]
    [each.start() for each in threads]
    [each.join() for each in threads]
    print(failures or "well", flush=True)
"""


@pytest.mark.parametrize("kind", ["file", "redis"])
def test_processes_with_threads_and_loops_refresh_once_per_expiry(
    service: ScriptedService,
    authority: Authority,
    tmp_path: Path,
    kind: str,
    request: pytest.FixtureRequest,
) -> None:
    """The access token is made to expire twice; the service counts two refreshes."""
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    place = str(tmp_path / "tokens")
    if kind == "redis":
        place = request.getfixturevalue("redis_server").url
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, service.url, place],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environ,
        )
        for _ in range(4)
    ]

    def say(worker: Any, line: str) -> None:
        worker.stdin.write(line)
        worker.stdin.flush()

    try:
        assert [worker.stdout.readline().strip() for worker in workers if worker.stdout] == [
            "ready"
        ] * 4
        for round_ in (1, 2):
            authority.expire()
            for worker in workers:
                say(worker, "go\n")
            told = [worker.stdout.readline().strip() for worker in workers if worker.stdout]
            assert told == ["well"] * 4
            assert authority.refreshes == round_
    finally:
        for worker in workers:
            worker.communicate(timeout=20)


def test_threads_with_clients_of_their_own_refresh_once(
    service: ScriptedService, authority: Authority, tmp_path: Path
) -> None:
    from ferrule_runtime.client import SyncClient

    store, failures = file_store(tmp_path), []
    kind = type("Acme", (SyncClient,), {"_connector": acme(service.url)})

    def call() -> None:
        try:
            with kind(GIVEN, {"token_store": store, "backoff": None}) as client:
                client._run(GET)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert authority.refreshes == 1


def test_a_store_of_another_kind_is_refused(face: Face) -> None:
    with pytest.raises(TypeError, match="token_store must be a store"):
        face.client(connector_at("https://api.example.com"), token_store="/tmp/x")


def test_keys_tell_credentials_apart_and_hold_nothing() -> None:
    keys = {
        key_of("acme", None, ("a",)),
        key_of("acme", None, ("b",)),
        key_of("acme", "ü", ("a",)),
        key_of("acme", "ö", ("a",)),
        key_of("other", None, ("a",)),
    }
    assert len(keys) == 5
    assert all(key.replace("_", "").replace("-", "").isalnum() and key.isascii() for key in keys)


def test_a_kept_token_is_neither_shown_nor_copied() -> None:
    kept = KeptToken("access-s3cret", "refresh-s3cret", captured={"page": "captured-s3cret"})
    assert "s3cret" not in repr(kept)
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="secret"):
            attempt(kept)
    read = KeptToken.from_text(kept.as_text())
    assert read is not None
    assert (read.access_token, read.refresh_token, read.captured) == (
        "access-s3cret",
        "refresh-s3cret",
        {"page": "captured-s3cret"},
    )


def test_a_client_that_is_refused_is_no_matter_of_connecting_again(
    face: Face, service: ScriptedService, authority: Authority
) -> None:
    service.on("POST", "/token", reply(401, json={"error": "invalid_client"}))
    with pytest.raises(errors.Unauthorized, match="invalid_client"):
        face.run(client_of(face, service, MemoryStore()), GET)
