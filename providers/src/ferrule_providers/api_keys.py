"""API keys: made once, kept as hashes, compared in constant time, each with its scopes."""

import hashlib
import hmac
import re
import secrets
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import InternalError, OperationalError

from ferrule_providers.clock import Clock
from ferrule_providers.faults import FieldFault as Fault
from ferrule_providers.faults import Forbidden, InvalidRequest, TooManyAttempts, Unauthorized
from ferrule_providers.limiter import FailureLimiter
from ferrule_providers.store import audit
from ferrule_providers.store.audit import Actor
from ferrule_providers.store.engine import Database
from ferrule_providers.store.tables import api_key

SCOPES = ("read", "write", "use")
IMPLIED = {"write": ("read",)}
"""Who may change what there is may also see it; credentials are handed out for `use` alone."""

PREFIX = "ferrule"
_KEY = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")
_NO_HASH = hashlib.sha256(b"").digest()
_COARSE = timedelta(hours=1)
_REMEMBER_SECONDS = 5.0
_BY_ID = select(api_key).where(api_key.c.id == bindparam("key_id"))


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What may be told about a key."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None

    def may(self, scope: str) -> bool:
        """Whether the key reaches as far as a scope."""
        return scope in self.scopes or any(scope in IMPLIED.get(has, ()) for has in self.scopes)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is calling: the key, or nobody in particular where the service runs without keys."""

    name: str
    key: ApiKey | None

    def require(self, scope: str) -> None:
        """Raise Forbidden unless the visitor may do this."""
        if self.key is not None and not self.key.may(scope):
            raise Forbidden(f"This key has no scope {scope}.")


ANYBODY = Visitor("anybody on this machine", None)


class ApiKeys:
    """The keys in a database, and the check of what callers bring."""

    def __init__(
        self, database: Database, clock: Clock, limiter: FailureLimiter | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._limiter = FailureLimiter() if limiter is None else limiter
        self._lock = threading.Lock()
        self._any: tuple[float, bool] | None = None

    def any_exist(self) -> bool:
        """Whether there is a key that was not revoked; asked at most every five seconds."""
        with self._lock:
            known = self._any
        if known is not None and time.monotonic() - known[0] < _REMEMBER_SECONDS:
            return known[1]
        query = select(api_key.c.id).where(api_key.c.revoked_at.is_(None)).limit(1)
        found = self._database.ask(query) is not None
        with self._lock:
            self._any = (time.monotonic(), found)
        return found

    def check(self, given: str | None, address: str) -> Visitor:
        """Who brings a key. Raises Unauthorized, or TooManyAttempts where it happens too often.

        A good key is let in whatever others at its address have done.
        """
        key = self._find(given or "")
        if key is not None:
            return Visitor(f"key {key.id} ({key.name})", key)
        wait_seconds = self._limiter.fail(address)
        if wait_seconds is not None:
            raise TooManyAttempts(wait_seconds)
        raise Unauthorized

    def by_id(self, key_id: str) -> ApiKey | None:
        """A key that was not revoked."""
        row = self._database.ask(
            select(api_key).where(api_key.c.id == key_id, api_key.c.revoked_at.is_(None))
        )
        return None if row is None else _key(row)

    def _find(self, given: str) -> ApiKey | None:
        parts = _KEY.fullmatch(given)
        row = None
        if parts is not None:
            row = self._database.ask(_BY_ID, {"key_id": parts[1]})
        # An unknown id takes the same steps as a wrong secret.
        wanted = _NO_HASH if row is None else bytes.fromhex(row.hash)
        made = hashlib.sha256(given.encode("utf-8", "surrogatepass")).digest()
        equal = hmac.compare_digest(wanted, made)
        if row is None or not equal or row.revoked_at is not None:
            return None
        now = self._clock()
        if row.last_used_at is None or row.last_used_at < now - _COARSE:
            # A database that is full, or lets only read, can still be looked at.
            with suppress(OperationalError, InternalError), self._database.writing() as db:
                db.execute(update(api_key).where(api_key.c.id == row.id).values(last_used_at=now))
        return _key(row)

    def make(self, name: str, scopes: Iterable[str], actor: Actor) -> tuple[str, ApiKey]:
        """A new key and what is known about it. The key itself is kept nowhere."""
        scopes = tuple(dict.fromkeys(scopes))
        if not scopes or not set(scopes) <= set(SCOPES):
            detail = f"Scopes are {', '.join(SCOPES)}; at least one."
            raise InvalidRequest([Fault("/scopes", "choice", detail)])
        name = " ".join(name.split())
        if not name or len(name) > 100 or not name.isprintable():
            raise InvalidRequest([Fault("/name", "length", "A name of 1 to 100 characters.")])
        key_id = secrets.token_hex(6)
        text = f"{PREFIX}_{key_id}_{secrets.token_urlsafe(32)}"
        now = self._clock()
        with self._database.writing() as db:
            db.execute(
                insert(api_key).values(
                    id=key_id,
                    name=name,
                    hash=hashlib.sha256(text.encode("ascii")).hexdigest(),
                    scopes=list(scopes),
                    created_at=now,
                )
            )
            audit.add(db, actor, "make key", f"key/{key_id}", "made", at=now, fields=scopes)
        with self._lock:
            self._any = None
        return text, ApiKey(key_id, name, scopes, now, None, None)

    def revoke(self, key_id: str, actor: Actor) -> bool:
        """Let a key open nothing any more; False if there is no such key."""
        now = self._clock()
        with self._database.writing() as db:
            done = db.execute(
                update(api_key)
                .where(api_key.c.id == key_id, api_key.c.revoked_at.is_(None))
                .values(revoked_at=now)
            )
            if done.rowcount == 1:
                audit.add(db, actor, "revoke key", f"key/{key_id}", "revoked", at=now)
        return done.rowcount == 1

    def all(self) -> list[ApiKey]:
        """Every key, revoked ones included, the oldest first."""
        with self._database.reading() as db:
            rows = db.execute(select(api_key).order_by(api_key.c.created_at, api_key.c.id))
            return [_key(row) for row in rows]


def _key(row: object) -> ApiKey:
    names = ("id", "name", "scopes", "created_at", "last_used_at", "revoked_at")
    values = {name: getattr(row, name) for name in names}
    return ApiKey(**{**values, "scopes": tuple(values["scopes"])})
