"""Starts and finishes sign-ins in a browser; the old token works until the new one is stored."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from ferrule_providers.core import Core
from ferrule_providers.faults import (
    ConnectionNeedsAttention,
    NoSignIn,
    ProvidersError,
    SignInFailed,
)
from ferrule_providers.hiding import hide
from ferrule_providers.sealing import KeyMissing, SealBroken
from ferrule_providers.sign_in import SignIn
from ferrule_providers.states import REASONS
from ferrule_providers.store import audit, connections, tokens
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.connections import Stored
from ferrule_providers.store.tables import authorization
from ferrule_runtime.sign_in import PendingSignIn

LIFETIME = timedelta(minutes=10)
CALLBACK_PATH = "/v1/oauth/callback"
START_PATH = "/v1/oauth/start"
_USED = "This sign-in has ended: it was answered before. The connection tells what came of it."
_KEPT_AFTER_USE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Started:
    """A sign-in that waits for a browser: open `url`, before `expires_at`."""

    url: str = field(repr=False)
    expires_at: datetime = field()


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a browser is shown before it leaves for the service."""

    provider: str
    name: str
    url: str = field(repr=False)
    session: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A sign-in that brought a token."""

    provider: str
    name: str


def start(
    core: Core,
    slug: str,
    name: str,
    actor: Actor,
    *,
    origin: str,
    accepts_account: bool = False,
) -> Started:
    """Begin to sign in to a connection that is set up. Raises …NotFound, NoSignIn.

    `accepts_account` lets another account of the service take the place of the one before.
    """
    core.installed[slug].loaded()
    pending = PendingSignIn(origin + CALLBACK_PATH)
    now = core.clock()
    state_hash = _hash(pending.state)
    with core.database.writing() as db:
        stored = core.must_find(db, slug, name, lock=True)
        _sign_in_of(core, stored)
        _forget_old(db, now)
        db.execute(
            insert(authorization).values(
                state_hash=state_hash,
                connection_id=stored.id,
                session_hash=None,
                redirect_uri=pending.redirect_uri,
                accepts_account=accepts_account,
                actor=actor.name,
                expires_at=now + LIFETIME,
                used_at=None,
            )
        )
        connections.put_secret(
            db,
            core.keyring,
            stored.id,
            _sealed_name(state_hash),
            pending.verifier.encode("ascii"),
            revision=1,
            now=now,
        )
        audit.add(db, actor, "authorize", stored.target, "started", at=now)
    return Started(f"{origin}{START_PATH}/{pending.state}", now + LIFETIME)


def leave(core: Core, state: str, session: str | None) -> Leaving:
    """Bind a sign-in to the browser that opens it, and say where the browser goes.

    Raises SignInFailed: unknown, expired, or opened in another browser before.
    """
    now = core.clock()
    session = session or secrets.token_urlsafe(32)
    with core.database.writing() as db:
        row = _waiting(db, state, now)
        done = db.execute(
            update(authorization)
            .where(
                authorization.c.state_hash == row.state_hash,
                authorization.c.session_hash.is_(None)
                | (authorization.c.session_hash == _hash(session)),
            )
            .values(session_hash=_hash(session))
        )
        if done.rowcount != 1:
            raise SignInFailed("unknown", "This sign-in was begun in another browser.")
        stored = connections.by_id(db, row.connection_id, now=now)
        assert stored is not None
        pending = _pending(core, db, row, state)
        settings = _settings(core, db, stored)
    url = _sign_in_of(core, stored).authorize_url(settings, pending)
    return Leaving(stored.provider, stored.name, url, session)


def finish(core: Core, answer: Mapping[str, str], session: str | None, request_id: str) -> Arrived:
    """Take what the browser brought back, get the token, store it. Raises SignInFailed.

    Nothing that worked before is taken away when it fails.
    """
    now = core.clock()
    state = answer.get("state", "")
    with core.database.writing() as db:
        row = _waiting(db, state, now)
        if row.session_hash is None or session is None:
            raise SignInFailed("unknown", "This browser did not begin the sign-in.")
        if not hmac.compare_digest(row.session_hash.encode(), _hash(session).encode()):
            raise SignInFailed("unknown", "This browser did not begin the sign-in.")
        done = db.execute(
            update(authorization)
            .where(authorization.c.state_hash == row.state_hash, authorization.c.used_at.is_(None))
            .values(used_at=now)
        )
        if done.rowcount != 1:
            raise SignInFailed("used", _USED)
        stored = connections.by_id(db, row.connection_id, now=now)
        assert stored is not None
        pending = _pending(core, db, row, state)
        settings = _settings(core, db, stored)
        connections.drop_secret(db, stored.id, _sealed_name(row.state_hash))
    actor = Actor(row.actor, request_id)
    failure: ProvidersError | None = None
    try:
        _exchange(core, stored, settings, pending, answer, actor, accepts=row.accepts_account)
    except ProvidersError as known:
        failure = known
    except Exception as error:  # noqa: BLE001 - whatever the service did, the person is told
        failure = SignInFailed("unreachable", f"The sign-in failed: {type(error).__name__}.")
    if failure is None:
        return Arrived(stored.provider, stored.name)
    reason = failure.reason if isinstance(failure, SignInFailed) else failure.code
    with core.database.writing() as db:
        audit.add(db, actor, "sign in", stored.target, reason, at=core.clock())
    sealed = [settings[each] for each in stored.secrets if each in settings]
    hidden = [*sealed, pending.verifier, answer.get("code", "")]
    raise SignInFailed(reason, hide(failure.detail, hidden))


def _exchange(
    core: Core,
    stored: Stored,
    settings: Mapping[str, Any],
    pending: PendingSignIn,
    answer: Mapping[str, str],
    actor: Actor,
    *,
    accepts: bool,
) -> None:
    sign_in = _sign_in_of(core, stored)
    if "error" in answer:
        words = answer.get("error_description") or answer["error"]
        raise SignInFailed("refused", f"The service answered: {words}")
    token = sign_in.exchange(settings, pending, answer)
    account = sign_in.account(token)
    account_key = None if account is None else _account_key(stored, account)
    if not accepts and stored.account_key is not None and account_key != stored.account_key:
        raise SignInFailed("account_changed", REASONS["account_changed"].sentence)
    now = core.clock()
    form = core.installed[stored.provider].form
    with core.database.writing() as db:
        current = connections.by_id(db, stored.id, now=now, lock=True)
        if current is not None and form.moves(stored.settings, current.settings):
            raise SignInFailed("changed", "The connection's address was changed; begin again.")
        saved = tokens.save(db, core.keyring, stored.id, token, seen=None, now=now)
        if saved is None:
            raise SignInFailed("reset", "The connection was reset meanwhile.")
        connections.change(
            db,
            stored.id,
            attention=None,
            last_error=None,
            verified_at=now,
            account_key=account_key,
            updated_at=now,
        )
        audit.add(db, actor, "sign in", stored.target, "connected", at=now)


def _waiting(db: Connection, state: str, now: datetime) -> Any:
    row = db.execute(
        select(authorization).where(authorization.c.state_hash == _hash(state)).with_for_update()
    ).one_or_none()
    if row is None:
        raise SignInFailed("unknown", "This sign-in is not known; begin again.")
    if row.used_at is not None:
        raise SignInFailed("used", _USED)
    if row.expires_at <= now:
        raise SignInFailed("expired", "This sign-in has ended; begin again.")
    return row


def _forget_old(db: Connection, now: datetime) -> None:
    old = select(authorization.c.state_hash, authorization.c.connection_id).where(
        authorization.c.expires_at < now - _KEPT_AFTER_USE
    )
    for state_hash, connection_id in db.execute(old).all():
        connections.drop_secret(db, connection_id, _sealed_name(state_hash))
        db.execute(delete(authorization).where(authorization.c.state_hash == state_hash))


def _pending(core: Core, db: Connection, row: Any, state: str) -> PendingSignIn:
    name = _sealed_name(row.state_hash)
    try:
        verifier = connections.open_secret(db, core.keyring, row.connection_id, name)
    except (KeyMissing, SealBroken):
        verifier = None
    if verifier is None:
        raise SignInFailed("expired", "This sign-in cannot go on; begin again.")
    return PendingSignIn(row.redirect_uri, state, verifier.decode("ascii"))


def _settings(core: Core, db: Connection, stored: Stored) -> dict[str, Any]:
    try:
        return {**stored.settings, **connections.open_settings(db, core.keyring, stored.id)}
    except (KeyMissing, SealBroken):
        pass
    raise ConnectionNeedsAttention(REASONS["key_missing"].sentence, "key_missing")


def _sign_in_of(core: Core, stored: Stored) -> SignIn:
    found = core.sign_in(stored.provider, stored.auth_choice)
    if found is None:
        raise NoSignIn(f"Nobody signs in to {stored.target} in a browser: set its credentials up.")
    return found


def _account_key(stored: Stored, account: str) -> str:
    return hashlib.sha256(f"{stored.id}\0{account}".encode()).hexdigest()


def _sealed_name(state_hash: str) -> str:
    return f"{connections.AUTHORIZATION}{state_hash}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
