"""Token stores: what is saved is kept whole, is its owner's alone, and has one lock for all."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import redis

from ferrule_runtime.stores import (
    MemoryStore,
    StoreFault,
    TokenStore,
    default_store,
    file_store,
    keyring_store,
    redis_store,
)
from tests.services.redis import RunningRedis

posix_only = pytest.mark.skipif(os.name == "nt", reason="file modes are those of POSIX")


@pytest.fixture
def keyring_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """The library keyring with a backend of ours, which holds no long text, as on Windows."""
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import PasswordSetError

    class Short(KeyringBackend):
        priority = 1.0
        texts: ClassVar[dict[tuple[str, str], str]] = {}

        def get_password(self, service: str, username: str) -> str | None:
            return self.texts.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            if len(password.encode("utf-16-le")) > 2_560:
                raise PasswordSetError("too long")
            self.texts[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del self.texts[service, username]

    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    short: Any = Short
    before, backend = keyring.get_keyring(), short()
    backend.texts.clear()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture(params=["memory", "file", "keyring", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TokenStore]:
    if request.param != "redis":
        yield plain_store(request, tmp_path)
        return
    server = request.getfixturevalue("redis_server")
    made = redis_store(server.url, prefix=f"{request.node.name}:")
    yield made
    made._redis.close()  # type: ignore[attr-defined]


def plain_store(request: pytest.FixtureRequest, tmp_path: Path) -> TokenStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "file":
        return file_store(tmp_path / "tokens")
    request.getfixturevalue("keyring_in_memory")
    return keyring_store("ferrule-tests")


def test_what_is_saved_is_found_replaced_and_forgotten(store: TokenStore) -> None:
    assert isinstance(store, TokenStore)
    assert store.load("acme") is None
    long = "ü" * 5_000
    store.save("acme", "first")
    store.save("acme", long)
    assert store.load("acme") == long
    assert store.load("other") is None
    store.delete("acme")
    store.delete("acme")
    assert store.load("acme") is None


def test_a_lock_has_one_owner_and_is_one_key_s(store: TokenStore) -> None:
    release = store.try_lock("acme")
    assert release is not None
    assert store.try_lock("acme") is None
    other = store.try_lock("other")
    assert other is not None
    release()
    release()
    again = store.try_lock("acme")
    assert again is not None
    again()
    other()


def test_of_many_threads_one_has_the_lock(store: TokenStore) -> None:
    barrier, got = threading.Barrier(8), []

    def take() -> None:
        barrier.wait()
        got.append(store.try_lock("acme"))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (release,) = [each for each in got if each is not None]
    release()


def test_a_store_shows_nothing(store: TokenStore) -> None:
    store.save("acme", "s3cret-token")
    assert "s3cret" not in repr(store)


@posix_only
def test_files_are_their_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "tokens"
    before = os.umask(0)
    try:
        file_store(folder).save("acme", "s3cret")
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "acme.json").stat().st_mode) == 0o600


@posix_only
def test_a_file_that_others_can_read_is_refused_with_the_fix(tmp_path: Path) -> None:
    store = file_store(tmp_path / "tokens")
    store.save("acme", "s3cret")
    (tmp_path / "tokens" / "acme.json").chmod(0o644)
    with pytest.raises(StoreFault, match="chmod 600"):
        store.load("acme")
    (tmp_path / "tokens").chmod(0o777)
    with pytest.raises(StoreFault, match="chmod 700"):
        store.save("acme", "s3cret")


@posix_only
def test_a_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    store = file_store(tmp_path / "tokens")
    store.save("acme", "s3cret")
    (tmp_path / "tokens" / "else.json").symlink_to(tmp_path / "tokens" / "acme.json")
    with pytest.raises(OSError, match=r"symbolic|link"):
        store.load("else")


def test_a_crash_while_saving_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = file_store(tmp_path)
    store.save("acme", "old")

    def crash(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(OSError, match="full"):
        store.save("acme", "new")
    monkeypatch.undo()
    assert store.load("acme") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.json"]


@pytest.mark.parametrize("key", ["", "../x", "a/b", ".hidden", "a\0b", "x" * 300])
def test_a_key_is_no_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(StoreFault, match="a key is made of"):
        file_store(tmp_path / "tokens").save(key, "x")


HOLDER = """
import sys
from ferrule_runtime.stores import file_store
release = file_store(sys.argv[1]).try_lock("acme")
print("held" if release else "busy", flush=True)
sys.stdin.readline()
"""


@posix_only
def test_the_lock_of_a_process_that_is_killed_is_free(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        assert store.try_lock("acme") is None
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate(timeout=10)
    release = store.try_lock("acme")
    assert release is not None
    release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_child_neither_has_the_lock_nor_gives_it_back(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    release = store.try_lock("acme")
    assert release is not None
    child = os.fork()
    if child == 0:
        release()
        os._exit(0 if store.try_lock("acme") is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.try_lock("acme") is None
    release()
    again = store.try_lock("acme")
    assert again is not None
    again()


def test_a_keyring_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(StoreFault, match=r"pip install 'ferrule-runtime\[keyring\]'"):
        keyring_store()


def test_a_keyring_that_fails_is_a_fault_of_the_store(
    keyring_in_memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from keyring.errors import KeyringLocked

    def locked(*_: object) -> None:
        raise KeyringLocked("the keyring is locked")

    monkeypatch.setattr(type(keyring_in_memory), "get_password", locked)
    with pytest.raises(StoreFault, match="the keyring is locked"):
        keyring_store().load("acme")


def test_the_keyring_keeps_no_parts_of_what_was_replaced(keyring_in_memory: Any) -> None:
    store = keyring_store()
    store.save("acme", "x" * 4_500)
    store.save("acme", "short")
    assert len(keyring_in_memory.texts) == 2
    store.delete("acme")
    assert keyring_in_memory.texts == {}


def test_a_redis_that_does_not_answer_is_a_fault_of_the_store() -> None:
    store = redis_store("redis://user:s3cret@127.0.0.1:1/0")
    for use in (
        lambda: store.load("acme"),
        lambda: store.save("acme", "s3cret"),
        lambda: store.delete("acme"),
        lambda: store.try_lock("acme"),
    ):
        with pytest.raises(StoreFault, match="cannot be used") as caught:
            use()
        assert "s3cret" not in str(caught.value)
        assert caught.value.__context__ is None
        assert caught.value.may_pass is True


def test_a_redis_that_lets_nobody_in_stays_so(own_redis: RunningRedis) -> None:
    with contextlib.closing(redis.Redis.from_url(own_redis.url)) as owner:
        owner.config_set("requirepass", "pa55word")
    store: Any = redis_store(own_redis.url)
    with pytest.raises(StoreFault, match="AuthenticationError") as caught:
        store.load("acme")
    assert caught.value.may_pass is False
    store._redis.close()


def test_a_lock_in_redis_ends_with_its_lease_and_is_not_taken_from_the_next(
    redis_server: RunningRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ferrule_runtime.stores import redis as of_redis

    monkeypatch.setattr(of_redis, "LEASE_SECONDS", 1)
    store: Any = redis_store(redis_server.url, prefix="lease:")
    too_slow = store.try_lock("acme")
    give_up_at = time.monotonic() + 10.0
    while (next_one := store.try_lock("acme")) is None:
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    too_slow()
    assert store.try_lock("acme") is None
    next_one()
    store._redis.close()


def test_the_default_store_is_named_by_a_variable_or_is_the_user_s(tmp_path: Path) -> None:
    assert isinstance(default_store({"FERRULE_TOKEN_STORE": "memory"}), MemoryStore)
    named = default_store({"FERRULE_TOKEN_STORE": str(tmp_path)})
    assert repr(named) == f"FileStore({str(tmp_path)!r})"
    if os.name != "nt":
        found = repr(default_store({"XDG_DATA_HOME": "/home/me/data"}))
        assert found == "FileStore('/home/me/data/ferrule/tokens')"
