"""Sessions of the pages: a cookie for a key that was shown once, and the tokens in its forms."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, insert, select
from starlette.requests import Request
from starlette.responses import Response

from ferrule_providers.api.gate import Gate
from ferrule_providers.api_keys import ANYBODY, Visitor
from ferrule_providers.faults import Forbidden, Unauthorized
from ferrule_providers.store.tables import page_session

LIFETIME = timedelta(hours=12)
SIGN_IN_PATH = "/v1/oauth"
SIGN_IN_COOKIE = "ferrule_sign_in"
FORM_FIELD = "form_token"


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor of the pages. `form_token` stands in every form and comes back with it."""

    visitor: Visitor
    secret: str = field(repr=False)

    @property
    def form_token(self) -> str:
        """Known only to who knows the cookie, which no other site does."""
        return hmac.new(self.secret.encode(), b"form", hashlib.sha256).hexdigest()

    def check_form(self, given: str) -> None:
        """Raise Forbidden unless a form came from a page of this session."""
        wanted = hashlib.sha256(self.form_token.encode()).digest()
        made = hashlib.sha256(given.encode("utf-8", "surrogatepass")).digest()
        if not hmac.compare_digest(wanted, made):
            raise Forbidden("The form is older than your session. Go back, reload, send it again.")


class Sessions:
    """Opens, finds and ends sessions; the cookies hold random text, the database its hash."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        tls = gate.configuration.is_behind_tls
        self._secure = tls
        # The prefix makes browsers refuse such a cookie from anywhere but this host over TLS.
        self._name = "__Host-ferrule" if tls else "ferrule_admin"
        self._path = "/" if tls else "/admin"

    def find(self, request: Request) -> Session | None:
        """The session of a request; None if it has none that is good."""
        secret = request.cookies.get(self._name)
        if not secret:
            return None
        core = self._gate.core
        with core.database.reading() as db:
            row = db.execute(
                select(page_session.c.api_key_id, page_session.c.expires_at).where(
                    page_session.c.session_hash == _hash(secret)
                )
            ).one_or_none()
        if row is None or row.expires_at <= core.clock():
            return None
        if row.api_key_id is None:
            if self._gate.keys.any_exist():
                return None
            self._gate.check_open(request)
            return Session(ANYBODY, secret)
        key = self._gate.keys.by_id(row.api_key_id)
        if key is None:
            return None
        return Session(Visitor(f"key {key.id} ({key.name})", key), secret)

    def must_find(self, request: Request) -> Session:
        """The session of a request. Raises Unauthorized."""
        session = self.find(request)
        if session is None:
            raise Unauthorized
        return session

    def open(self, request: Request, visitor: Visitor) -> Session:
        """A new session for a visitor who showed a key, or needs none."""
        core = self._gate.core
        if visitor.key is None:
            self._gate.check_open(request)
        now = core.clock()
        secret = secrets.token_urlsafe(32)
        with core.database.writing() as db:
            db.execute(delete(page_session).where(page_session.c.expires_at <= now))
            db.execute(
                insert(page_session).values(
                    session_hash=_hash(secret),
                    api_key_id=visitor.key.id if visitor.key is not None else None,
                    created_at=now,
                    expires_at=now + LIFETIME,
                )
            )
        return Session(visitor, secret)

    def close(self, session: Session) -> None:
        """End a session here, whatever the browser keeps."""
        with self._gate.core.database.writing() as db:
            db.execute(
                delete(page_session).where(page_session.c.session_hash == _hash(session.secret))
            )

    def keep(self, response: Response, session: Session) -> None:
        """Give the browser its cookie."""
        response.set_cookie(
            self._name,
            session.secret,
            max_age=int(LIFETIME.total_seconds()),
            path=self._path,
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def forget(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(
            self._name, path=self._path, secure=self._secure, httponly=True, samesite="strict"
        )

    def keep_sign_in(self, response: Response, secret: str) -> None:
        """Bind a sign-in to this browser; lax, since the service sends it back from elsewhere."""
        response.set_cookie(
            SIGN_IN_COOKIE,
            secret,
            max_age=600,
            path=SIGN_IN_PATH,
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
