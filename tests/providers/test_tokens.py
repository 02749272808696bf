"""One refresh per expiry, whoever asks and whoever dies; the good token is never lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from ferrule_providers import listing, owners, setting_up
from ferrule_providers.core import Core
from ferrule_providers.faults import (
    ConnectionNeedsAttention,
    ConnectionNotFound,
    RefreshBusy,
    RefreshFailed,
    RefreshRefused,
)
from ferrule_providers.listing import Question
from ferrule_providers.store import connections, tokens
from ferrule_providers.store.tables import token as token_table
from ferrule_providers.store.tokens import Token, refresh_moment
from ferrule_providers.tokens import ConnectionTokens, Patience
from tests.providers.conftest import SOMEBODY, SetClock
from tests.providers.token_server import QUICK, TokenServer, refreshing
from tests.services.real import REPOSITORY

BODY = {"client_id": "me", "client_secret": "long-client-secret"}


@pytest.fixture
def endpoint() -> Iterator[TokenServer]:
    server = TokenServer()
    yield server
    server.close()


def connected(core: Core, name: str = "one") -> str:
    """A connection with a first token that has ended; its id."""
    setting_up.set_up(core, "calendar", name, BODY, SOMEBODY)
    with core.database.writing() as db:
        connection_id = core.must_find(db, "calendar", name).id
        now = core.clock()
        first = Token("access-0", "refresh-0", now, ("read",))
        assert tokens.save(db, core.keyring, connection_id, first, seen=None, now=now)
    return connection_id


def keeper(core: Core, connection_id: str, patience: Patience = QUICK) -> ConnectionTokens:
    return ConnectionTokens(
        core.database,
        core.keyring,
        connection_id,
        actor=SOMEBODY,
        clock=core.clock,
        patience=patience,
    )


def test_a_token_is_refreshed_a_minute_early_and_short_ones_a_fifth(clock: SetClock) -> None:
    now = clock()
    assert refresh_moment(None, now) is None
    assert refresh_moment(now + timedelta(hours=1), now) == now + timedelta(minutes=59)
    assert refresh_moment(now + timedelta(seconds=5), now) == now + timedelta(seconds=4)
    assert refresh_moment(now - timedelta(seconds=5), now) == now - timedelta(seconds=5)


def test_threads_share_one_refresh(core: Core, endpoint: TokenServer) -> None:
    held = keeper(core, connected(core))
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda _: held.good(refreshing(endpoint.url)), range(48)))
    assert {each.token.access_token for each in found} == {"access-1"}
    assert (endpoint.refreshes, endpoint.refused) == (1, 0)
    assert found[0].token.scopes == ("read",), "what the answer leaves out is kept"


WORKER = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from tests.providers.token_server import STEADY, refreshing
from ferrule_providers.sealing import Keyring
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from ferrule_providers.tokens import ConnectionTokens

url, connection_id, endpoint, threads = sys.argv[1:]
database = Database(url)
held = ConnectionTokens(database, Keyring({"k1": bytes(range(32))}), connection_id,
                        actor=Actor("worker", "1"), patience=STEADY)
print("ready", flush=True)
seen = 1
for line in sys.stdin:
    ask = lambda _: held.after(seen, refreshing(endpoint))
    with ThreadPoolExecutor(int(threads)) as pool:
        found = list(pool.map(ask, range(int(threads))))
    assert len({each.revision for each in found}) == 1, found
    seen = found[0].revision
    print(found[0].token.access_token, flush=True)
"""


def start_worker(url: str, connection_id: str, endpoint: str, threads: int) -> Any:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, url, connection_id, endpoint, str(threads)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


def test_four_processes_of_25_threads_refresh_once(core: Core, endpoint: TokenServer) -> None:
    connection_id = connected(core)
    url = core.database.url.render_as_string(hide_password=False)
    workers = [start_worker(url, connection_id, endpoint.url, 25) for _ in range(4)]
    try:
        for worker in workers:
            assert worker.stdout.readline() == "ready\n"
        for number in range(1, 4):
            for worker in workers:
                worker.stdin.write("go\n")
                worker.stdin.flush()
            told = {worker.stdout.readline().strip() for worker in workers}
            assert told == {f"access-{number}"}
            assert (endpoint.refreshes, endpoint.refused) == (number, 0)
    finally:
        for worker in workers:
            worker.stdin.close()
            worker.stdout.close()
            worker.kill()
            worker.wait(10)


def test_a_holder_that_was_killed_is_replaced_at_once_and_named(
    core: Core, endpoint: TokenServer
) -> None:
    """The service has used up the refresh token by then: nobody can mend that, only say it."""
    connection_id = connected(core)
    endpoint.seconds = 20.0
    url = core.database.url.render_as_string(hide_password=False)
    worker = start_worker(url, connection_id, endpoint.url, 1)
    try:
        assert worker.stdout.readline() == "ready\n"
        worker.stdin.write("go\n")
        worker.stdin.flush()
        deadline = time.monotonic() + 30
        while endpoint.refreshes == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert endpoint.refreshes == 1
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
    finally:
        worker.stdin.close()
        worker.stdout.close()
        worker.kill()
        worker.wait(10)
    endpoint.seconds = 0.0
    # A lease of an hour: only the owner's death lets others in.
    with core.database.writing() as db:
        late = core.clock() + timedelta(days=9_999)
        db.execute(update(token_table).values(lease_until=late))
    held = keeper(core, connection_id)
    with pytest.raises(RefreshRefused, match="cut off"):
        held.after(1, refreshing(endpoint.url))
    with core.database.reading() as db:
        stored = core.must_find(db, "calendar", "one")
    assert stored.attention == "refresh_interrupted"
    with pytest.raises(ConnectionNeedsAttention):
        held.current()


def test_a_late_holder_still_saves_and_all_is_well_again(core: Core) -> None:
    connection_id = connected(core)
    slow = keeper(core, connection_id, Patience(**{**PATIENT, "refresh": 0.1}))
    release = threading.Event()

    def late(_old: Token) -> Token:
        release.wait(20)
        return Token("late-access", "late-refresh")

    with pytest.raises(RefreshFailed, match="in time"):
        slow.after(1, late)
    with core.database.writing() as db:
        connections.change(db, connection_id, attention="refresh_refused")
    release.set()
    held = keeper(core, connection_id)
    deadline = time.monotonic() + 10
    found = None
    while found is None and time.monotonic() < deadline:
        try:
            found = held.current() if held.current().revision > 1 else None
        except ConnectionNeedsAttention:
            time.sleep(0.01)
    assert found is not None
    assert found.token.access_token == "late-access"


def test_nobody_waits_for_a_service_that_hangs(core: Core, clock: SetClock) -> None:
    connection_id = connected(core)
    release = threading.Event()
    tries: list[Token] = []

    def hanging(old: Token) -> Token:
        tries.append(old)
        release.wait(60)
        return Token("late-access", "late-refresh")

    slow = keeper(core, connection_id, Patience(**{**PATIENT, "refresh": 0.1}))
    with pytest.raises(RefreshFailed, match="in time"):
        slow.after(1, hanging)
    with pytest.raises(RefreshFailed, match="next try is due in 30 seconds"):
        keeper(core, connection_id).after(1, hanging)
    assert len(tries) == 1
    release.set()


PATIENT = {name: getattr(QUICK, name) for name in Patience.__slots__}


def test_a_failed_refresh_cools_down(core: Core, clock: SetClock) -> None:
    held = keeper(core, connected(core))
    tries = []

    def failing(_old: Token) -> Token:
        tries.append(1)
        raise OSError("secret words of a socket")

    with pytest.raises(RefreshFailed) as met:
        held.after(1, failing)
    assert "secret words" not in str(met.value)
    for _ in range(3):
        with pytest.raises(RefreshFailed, match="next try"):
            held.after(1, failing)
    assert len(tries) == 1
    clock.move(seconds=31)
    assert held.after(1, lambda _old: Token("access-1")).token.refresh_token == "refresh-0"
    with core.database.reading() as db:
        stored = core.must_find(db, "calendar", "one")
    assert (stored.attention, stored.token and stored.token.failures) == (None, 0)


def soon_over(core: Core, refresh_token: str | None = "refresh-0") -> str:
    """A connection whose token is due, and good for half a minute more."""
    connection_id = connected(core)
    with core.database.writing() as db:
        ends = core.clock() + timedelta(seconds=30)
        made = Token("access-0", refresh_token, ends)
        assert tokens.save(
            db, core.keyring, connection_id, made, seen=None, now=ends - timedelta(hours=1)
        )
    return connection_id


def test_a_token_is_given_until_its_end_where_no_other_is_to_be_had(
    core: Core, clock: SetClock
) -> None:
    held = keeper(core, soon_over(core))

    def failing(_old: Token) -> Token:
        raise OSError("a blip")

    # When the refresh fails, and while it cools down.
    assert [held.good(failing).token.access_token for _ in range(2)] == ["access-0"] * 2
    # But never to those whom the service has refused it.
    with pytest.raises(RefreshFailed):
        held.good(failing, refused=2)
    clock.move(seconds=30)
    with pytest.raises(RefreshFailed):
        held.good(failing)
    clock.move(seconds=31)
    assert held.good(lambda _old: Token("access-1")).token.access_token == "access-1"


def test_nobody_waits_for_a_refresh_whose_token_is_still_good(core: Core, clock: SetClock) -> None:
    connection_id = soon_over(core)
    with core.database.writing() as db:
        until = clock() + timedelta(hours=1)
        db.execute(update(token_table).values(lease_owner="somebody", lease_until=until))
    held = keeper(core, connection_id, Patience(**{**PATIENT, "wait": 600.0}))
    assert held.good(lambda _old: Token("x")).token.access_token == "access-0"


def test_a_token_that_is_not_refreshed_is_good_until_its_end(core: Core, clock: SetClock) -> None:
    held = keeper(core, soon_over(core, None))
    assert held.good(lambda _old: Token("x")).token.access_token == "access-0"
    clock.move(seconds=30)
    with pytest.raises(RefreshRefused, match="nothing to refresh"):
        held.good(lambda _old: Token("x"))
    with core.database.reading() as db:
        view = core.view(core.must_find(db, "calendar", "one"))
    assert (view.state, view.attention) == ("needs_attention", "token_ended")


def test_a_refresh_that_fails_is_told_until_one_goes_well(core: Core, clock: SetClock) -> None:
    held = keeper(core, soon_over(core))

    def told() -> Any:
        with core.database.reading() as db:
            stored = core.must_find(db, "calendar", "one")
        return stored.last_error and (stored.last_error["code"], stored.last_error["message"])

    before = listing.version(core, Question())
    held.good(lambda _old: 1 / 0)  # type: ignore[arg-type, return-value]
    assert told() == ("refresh-failed", "The token could not be refreshed: ZeroDivisionError.")
    assert listing.version(core, Question()) != before
    clock.move(seconds=31)
    held.good(lambda _old: Token("access-1", "refresh-1"))
    assert told() is None


def test_a_refused_token_that_has_not_ended_needs_nobody(core: Core) -> None:
    held = keeper(core, soon_over(core, None))
    with pytest.raises(RefreshRefused, match="nothing to refresh"):
        held.good(lambda _old: Token("x"), refused=2)
    with core.database.reading() as db:
        assert core.must_find(db, "calendar", "one").attention is None


def test_a_refused_refresh_needs_a_person(core: Core) -> None:
    connection_id = connected(core)
    held = keeper(core, connection_id)

    def refused(_old: Token) -> Token:
        raise RefreshRefused("invalid_grant")

    with pytest.raises(RefreshRefused):
        held.after(1, refused)
    with pytest.raises(ConnectionNeedsAttention) as met:
        held.after(1, refused)
    assert met.value.reason == "refresh_refused"


def test_a_lost_race_is_no_refusal(core: Core) -> None:
    connection_id = connected(core)
    held, other = keeper(core, connection_id), keeper(core, connection_id)

    def refused_since_another_was_first(_old: Token) -> Token:
        other.save(1, Token("access-of-another", "r"))
        raise RefreshRefused("invalid_grant")

    found = held.after(1, refused_since_another_was_first)
    assert (found.revision, found.token.access_token) == (2, "access-of-another")


def test_a_sign_in_during_a_refresh_is_no_failure(core: Core) -> None:
    connection_id = connected(core)
    held = keeper(core, connection_id)

    def slower_than_a_person(_old: Token) -> Token:
        with core.database.writing() as db:
            signed_in = Token("access-of-a-person", "r")
            tokens.save(db, core.keyring, connection_id, signed_in, seen=None, now=core.clock())
        return Token("access-of-the-refresh", "s")

    assert held.after(1, slower_than_a_person).token.access_token == "access-of-a-person"


def test_a_token_is_not_lost_while_the_database_is_away(core: Core) -> None:
    held = keeper(core, connected(core))
    tries: list[int] = []

    class Away:
        def writing(self) -> None:
            tries.append(1)
            if len(tries) == 3:
                held._database = core.database
            raise OperationalError("COMMIT", None, OSError("away"))

    def bring(_old: Token) -> Token:
        held._database = Away()  # type: ignore[assignment]
        return Token("access-1", "refresh-1")

    assert held.after(1, bring).token.access_token == "access-1"
    assert len(tries) == 3
    assert keeper(core, held._id).current().token.refresh_token == "refresh-1"


def test_a_clock_that_was_set_back_keeps_nobody_waiting(core: Core, clock: SetClock) -> None:
    held = keeper(core, connected(core))
    clock.move(hours=5)
    with pytest.raises(RefreshFailed):
        held.after(1, lambda _old: 1 / 0)  # type: ignore[arg-type, return-value]
    clock.move(hours=-5)
    assert held.after(1, lambda _old: Token("access-1")).token.access_token == "access-1"


def test_one_who_waits_too_long_is_told(core: Core, clock: SetClock) -> None:
    connection_id = connected(core)
    with core.database.writing() as db:
        until = clock() + timedelta(hours=1)
        db.execute(update(token_table).values(lease_owner="somebody", lease_until=until))
    held = keeper(core, connection_id, Patience(**{**PATIENT, "wait": 0.1}))
    with pytest.raises(RefreshBusy):
        held.after(1, lambda _old: Token("x"))
    clock.move(hours=2)
    assert held.after(1, lambda _old: Token("x", "y")).token.access_token == "x"


def test_reset_and_switched_off_connections_give_nothing(core: Core) -> None:
    connection_id = connected(core)
    held = keeper(core, connection_id)
    with core.database.writing() as db:
        connections.change(db, connection_id, enabled=False)
    with pytest.raises(ConnectionNeedsAttention) as met:
        held.current()
    assert met.value.reason == "disabled"
    with core.database.writing() as db:
        connections.remove(db, connection_id)
    with pytest.raises(ConnectionNotFound):
        held.current()
    assert held.save(1, Token("late")) is None
    with core.database.reading() as db:
        assert db.execute(select(token_table)).all() == []


def test_a_valid_token_is_read_at_most_every_few_seconds(core: Core) -> None:
    connection_id = connected(core)
    held = keeper(core, connection_id, Patience(**{**PATIENT, "cache": 60.0}))
    assert held.current().revision == 1
    assert keeper(core, connection_id).save(1, Token("newer", "r")) is not None
    assert held.current().revision == 1
    held.forget()
    assert held.current().revision == 2


def test_owners_are_known_to_live_or_to_be_gone() -> None:
    assert not owners.is_gone(owners.owner_name())
    child = subprocess.run(
        [sys.executable, "-c", "from ferrule_providers.owners import *; print(owner_name())"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(REPOSITORY),
        timeout=60,
    )
    assert owners.is_gone(child.stdout.strip())
    for foreign in ("", "{}", "null", '["other machine", "x", 1, "2", 3, "4"]', '["", "", 1, ""]'):
        assert not owners.is_gone(foreign)


def test_tokens_show_nothing() -> None:
    made = Token("canary-access", "canary-refresh", None, ("read",), {"id": "canary-captured"})
    assert "canary" not in repr(made)
    assert Token.from_bytes(made.as_bytes()) == made
