"""Gives every caller a good token, with one refresh per expiry across threads, processes, machines.

A lease row says who refreshes. No transaction is open while the service is asked, waiting costs no
connection, and a holder that dies is replaced: at once if it ran on this machine, else when its
lease ends.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ferrule_providers import owners
from ferrule_providers.clock import Clock, as_text, utc_now
from ferrule_providers.faults import (
    ConnectionNeedsAttention,
    ConnectionNotFound,
    RefreshBusy,
    RefreshFailed,
    RefreshRefused,
)
from ferrule_providers.sealing import KeyMissing, Keyring, SealBroken
from ferrule_providers.states import REASONS
from ferrule_providers.store import audit, connections, tokens
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tokens import StoredToken, Token, TokenState

logger = logging.getLogger(__name__)

_FAILED = "refresh-failed"
# Away, locked, full, or a copy that only lets read; what is wrong for good is none of them.
_AWAY = (OperationalError, InterfaceError, InternalError, PoolTimeout)

Refresh = Callable[[Token], Token]
"""Asks the service for the token that follows. Raises RefreshRefused where the service says no for
good (`invalid_grant`); anything else that it raises means that nothing is known.
"""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: how long a refresh may take, a lease holds, others wait, failures cool down, and a
    database that is away is asked again to take a token that was brought."""

    refresh: float = 20.0
    lease: float = 30.0
    wait: float = 40.0
    cool_down: float = 30.0
    save: float = 600.0
    cache: float = 5.0
    first_pause: float = 0.02
    longest_pause: float = 0.5


class ConnectionTokens:
    """The tokens of one connection. Shared by the threads of a process; made after a fork."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        connection_id: str,
        *,
        actor: Actor,
        clock: Clock = utc_now,
        patience: Patience | None = None,
        despite: str | None = None,
    ) -> None:
        """`despite` is a reason for attention that keeps no token back."""
        self._database = database
        self._keyring = keyring
        self._id = connection_id
        self._actor = actor
        self._clock = clock
        self._despite = despite
        self.patience = patience or Patience()
        self._lock = threading.Lock()
        self._cached: tuple[float, StoredToken] | None = None

    def current(self) -> StoredToken:
        """The stored token, read at most five seconds ago; it may need to be refreshed.

        Raises ConnectionNeedsAttention, also where nobody has signed in yet.
        """
        cached = self._cached
        if cached is not None and time.monotonic() - cached[0] < self.patience.cache:
            return cached[1]
        return self._remember(self._usable(self._read()))

    def is_due(self, stored: StoredToken) -> bool:
        """Whether a token is to be refreshed before it is used."""
        return stored.refresh_after is not None and stored.refresh_after <= self._clock()

    def good(self, refresh: Refresh, *, refused: int | None = None) -> StoredToken:
        """The stored token, refreshed first if it is due.

        One that has not ended yet is given as it is where no other is to be had now; not so one of
        the revision `refused`, which the service did not take. Raises what `after` raises.
        """
        stored = self.current()
        if stored.revision == refused:
            return self.after(stored.revision, refresh)
        if not self.is_due(stored):
            return stored
        if self._has_ended(stored):
            return self.after(stored.revision, refresh)
        if not self._is_free(stored):
            return stored
        try:
            return self.after(stored.revision, refresh)
        except (RefreshFailed, RefreshBusy):
            if self._has_ended(stored):
                raise
        return stored

    def _has_ended(self, stored: StoredToken) -> bool:
        ends = stored.token.expires_at
        return ends is not None and ends <= self._clock()

    def _is_free(self, stored: StoredToken) -> bool:
        """Whether there is something to refresh a token with, and nobody who is at it."""
        state = self._read()
        held = state.lease_until is not None and state.lease_until >= self._clock()
        by_nobody = state.lease_owner is None or owners.is_gone(state.lease_owner)
        return stored.token.refresh_token is not None and (by_nobody or not held)

    def after(self, seen: int, refresh: Refresh) -> StoredToken:
        """A token newer than the revision `seen`: somebody else's if there is one, else refreshed.

        Raises RefreshRefused or ConnectionNeedsAttention where a person must act, RefreshFailed
        where a later try may help, RefreshBusy where another process takes far too long.
        """
        with self._lock:
            return self._remember(self._newer(seen, refresh))

    def forget(self) -> None:
        """Read the database at the next use: the service refused what we believed to be good."""
        self._cached = None

    def _remember(self, stored: StoredToken) -> StoredToken:
        self._cached = (time.monotonic(), stored)
        return stored

    def _usable(self, state: TokenState) -> StoredToken:
        if not state.enabled:
            raise ConnectionNeedsAttention("The connection is switched off.", "disabled")
        if state.attention is not None and state.attention != self._despite:
            reason = REASONS[state.attention]
            raise ConnectionNeedsAttention(reason.sentence, state.attention)
        if state.stored is None:
            raise ConnectionNeedsAttention(
                "Nobody has signed in to this connection yet.", "sign_in"
            )
        return state.stored

    def _read(self) -> TokenState:
        is_locked = False
        state: TokenState | None = None
        with self._database.reading() as db:
            try:
                state = tokens.read(db, self._keyring, self._id)
            except (KeyMissing, SealBroken):
                is_locked = True
        if is_locked:
            raise ConnectionNeedsAttention(REASONS["key_missing"].sentence, "key_missing")
        if state is None:
            raise ConnectionNotFound("The connection was reset.")
        return state

    def _newer(self, seen: int, refresh: Refresh) -> StoredToken:
        patience = self.patience
        give_up = time.monotonic() + patience.wait
        pause = patience.first_pause
        while True:
            state = self._read()
            stored = self._usable(state)
            if stored.revision > seen:
                return stored
            now = self._clock()
            # What lies further ahead than any pause was written by a clock that has been set back.
            latest = now + timedelta(seconds=patience.cool_down * 2)
            if state.retry_after is not None and now < state.retry_after <= latest:
                raise RefreshFailed(
                    "The last refresh failed; the next try is due in "
                    f"{(state.retry_after - now).total_seconds():.0f} seconds.",
                    state.retry_after,
                )
            if stored.token.refresh_token is None:
                if self._has_ended(stored):
                    self._mark(stored.revision, "token_ended")
                raise RefreshRefused("There is nothing to refresh the token with.")
            interrupted = self._take_lease(state, seen)
            if interrupted is not None:
                return self._refresh_as(interrupted[0], stored, refresh, interrupted[1])
            if time.monotonic() >= give_up:
                raise RefreshBusy("Another process has been refreshing this token for too long.")
            # Half of the pause is chance, so that waiters of many processes do not come together.
            time.sleep(pause * (0.5 + random.random() / 2))  # noqa: S311
            pause = min(pause * 1.6, patience.longest_pause)

    def _take_lease(self, state: TokenState, seen: int) -> tuple[str, bool] | None:
        """Our name as the owner, and whether an earlier owner was cut off; None if not ours."""
        now = self._clock()
        dead = None
        if state.lease_owner is not None and state.lease_until is not None:
            if owners.is_gone(state.lease_owner):
                dead = state.lease_owner
            elif state.lease_until >= now:
                return None
        owner = owners.owner_name()
        with self._database.writing() as db:
            taken = tokens.take_lease(
                db,
                self._id,
                owner,
                seen=seen,
                now=now,
                seconds=self.patience.lease,
                dead_owner=dead,
            )
        return (owner, state.attempt_started_at is not None) if taken else None

    def _refresh_as(
        self, owner: str, stored: StoredToken, refresh: Refresh, interrupted: bool
    ) -> StoredToken:
        attempt = _Attempt(self, stored, refresh)
        thread = threading.Thread(target=attempt.run, name="ferrule-refresh", daemon=True)
        thread.start()
        if not attempt.done.wait(self.patience.refresh):
            # The thread goes on: the token that it may still bring is the only good one.
            if attempt.waits_for_database:
                raise RefreshFailed("The new token waits for the database, which does not take it.")
            late = self._clock() + timedelta(seconds=self.patience.cool_down)
            told = "The service did not answer the refresh in time."
            with self._telling_failure(told) as db:
                # Else all who need this token wait here in turn, for as long as the service hangs.
                tokens.put_off(db, self._id, owner, retry_after=late)
            raise RefreshFailed(told, late)
        if attempt.saved is not None:
            return attempt.saved
        failure = attempt.failure
        if failure is None:
            # Somebody has signed in again meanwhile, or reset the connection.
            return self._usable(self._read())
        if not isinstance(failure, RefreshRefused):
            told = f"The token could not be refreshed: {type(failure).__name__}."
            retry_after = self._clock() + timedelta(seconds=self.patience.cool_down)
            self._end(owner, told)
            raise RefreshFailed(told, retry_after)
        return self._refused(owner, stored, interrupted)

    def _refused(self, owner: str, stored: StoredToken, interrupted: bool) -> StoredToken:
        """The service refused the refresh token: perhaps because somebody else has used it."""
        state = self._read()
        if state.revision > stored.revision:
            return self._usable(state)
        if interrupted:
            # An owner that was only stopped may wake up and store what it got.
            deadline = time.monotonic() + self.patience.lease
            while time.monotonic() < deadline:
                time.sleep(self.patience.longest_pause)
                state = self._read()
                if state.revision > stored.revision:
                    return self._usable(state)
        self._end(owner, None)
        reason = "refresh_interrupted" if interrupted else "refresh_refused"
        self._mark(stored.revision, reason)
        raise RefreshRefused(REASONS[reason].sentence)

    def _end(self, owner: str, told: str | None) -> None:
        """An attempt has failed; `told` says why, if a later one may succeed."""
        moment = self._clock() + timedelta(seconds=self.patience.cool_down)
        with self._telling_failure(told) as db:
            tokens.give_back_lease(
                db, self._id, owner, retry_after=None if told is None else moment
            )
            connections.count_use(db, self._id, "failed", self._clock())

    @contextmanager
    def _telling_failure(self, told: str | None) -> Iterator[Connection]:
        """A transaction that also lets people see what keeps a token from being refreshed."""
        now = self._clock()
        with self._database.writing() as db:
            # The connection first and the head of the audit log last, as everywhere.
            stored = connections.by_id(db, self._id, now=now, lock=True)
            yield db
            if stored is None or told is None:
                return
            error = {
                "at": as_text(now),
                "code": _FAILED,
                "message": told,
                "status_code": None,
                "retry_after_seconds": self.patience.cool_down,
            }
            connections.change(db, self._id, last_error=error)
            audit.add(db, self._actor, "refresh", stored.target, "failed", at=now)

    def _mark(self, seen: int, reason: str) -> None:
        now = self._clock()
        with self._database.writing() as db:
            stored = connections.by_id(db, self._id, now=now, lock=True)
            if stored is None or stored.token is None or stored.token.revision != seen:
                return
            connections.change(db, self._id, attention=reason, updated_at=now)
            audit.add(db, self._actor, "refresh", stored.target, reason, at=now)

    def save(self, seen: int | None, made: Token) -> StoredToken | None:
        """Store a token that follows the revision `seen`; None if another one was stored first."""
        now = self._clock()
        with self._database.writing() as db:
            saved = tokens.save(db, self._keyring, self._id, made, seen=seen, now=now)
            if saved is not None:
                connections.count_use(db, self._id, "refreshed", now)
                self._recover(db)
        return saved

    def _recover(self, db: Connection) -> None:
        """Take back what was said of refreshes that failed, or while a late holder of the lease was
        bringing this token."""
        now = self._clock()
        stored = connections.by_id(db, self._id, now=now, lock=True)
        if stored is None:
            return
        if stored.attention in ("refresh_refused", "refresh_interrupted"):
            connections.change(db, self._id, attention=None, last_error=None, updated_at=now)
            audit.add(db, self._actor, "refresh", stored.target, "recovered", at=now)
        elif stored.last_error is not None and stored.last_error.get("code") == _FAILED:
            connections.change(db, self._id, last_error=None)
            audit.add(db, self._actor, "refresh", stored.target, "recovered", at=now)


class _Attempt:
    """One refresh, in a thread of its own, so that a caller who leaves does not lose the token."""

    def __init__(self, keeper: ConnectionTokens, stored: StoredToken, refresh: Refresh) -> None:
        self._keeper = keeper
        self._stored = stored
        self._refresh = refresh
        self.done = threading.Event()
        self.saved: StoredToken | None = None
        self.failure: Exception | None = None
        self.waits_for_database = False

    def run(self) -> None:
        try:
            old = self._stored.token
            made = self._refresh(old)
            # What an answer leaves out stays as it was (RFC 6749, section 6).
            whole = Token(
                made.access_token,
                made.refresh_token or old.refresh_token,
                made.expires_at,
                made.scopes or old.scopes,
                {**old.captured, **made.captured},
            )
            self.saved = self._save(whole)
        except Exception as error:  # noqa: BLE001 - whatever it is, the waiting caller is told
            self.failure = error
        finally:
            self.done.set()

    def _save(self, made: Token) -> StoredToken | None:
        """Store a token, as soon as the database takes it.

        The service has used up the old one by now: what is not stored is lost, and a person would
        have to connect again for nothing but a database that was away for a moment.
        """
        patience = self._keeper.patience
        give_up = time.monotonic() + patience.save
        pause = patience.first_pause
        while True:
            try:
                return self._keeper.save(self._stored.revision, made)
            except _AWAY as error:
                if time.monotonic() >= give_up:
                    raise
                if not self.waits_for_database:
                    kind = type(error).__name__
                    logger.warning("a refreshed token waits for the database: %s", kind)
                self.waits_for_database = True
            time.sleep(pause)
            pause = min(pause * 1.6, patience.longest_pause)
