"""Fetches tokens: by logging in, or by a refresh; the answer decides how long one is good."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.authenticators import Fixed, applied
from ferrule_runtime.credentials.kinds import OAuth2, Refresh, Request, Token
from ferrule_runtime.credentials.requests import RequestMaker, grant_fields
from ferrule_runtime.credentials.source import FOREVER, TokenSource
from ferrule_runtime.errors import Errors, Outcome, ReconnectRequired
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier, answer_of
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.omit import omit
from ferrule_runtime.places import body
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render_text, roots_of
from ferrule_runtime.waits import Wait, parse_moment
from ferrule_runtime.wire import Call, Credential, Flow, Lines

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry
    from ferrule_runtime.flows.policy import Policy

# No answer with a token is larger; one that is must not fill the memory.
MOST_TOKEN_BYTES = 1 << 20
EARLY_SECONDS = 60.0
_REFUSED = (400, 401, 403)


class TokenFetcher:
    """Fetches the token of one kind. The latest refresh token always replaces the one before it."""

    __slots__ = (
        "_access_token",
        "_clock",
        "_errors",
        "_last",
        "_maker",
        "_refresh_token",
        "_retry",
        "_scope",
        "kind",
        "source",
        "terms",
    )

    def __init__(
        self,
        kind: OAuth2 | Token,
        scope: Scope,
        maker: RequestMaker,
        errors: Errors | None,
        retry: "Retry",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.kind = kind
        self.terms = _terms_of(kind)
        self.source = TokenSource(clock)
        self._scope = scope
        self._maker = maker
        self._errors = errors or Errors()
        self._retry = retry
        self._clock = clock
        given = scope.get("refresh_token")
        self._refresh_token: str | None = given if isinstance(given, str) and given else None
        self._access_token = ""
        self._last: Credential | None = None
        self._begin()

    def __repr__(self) -> str:
        return f"TokenFetcher({type(self.kind).__name__})"

    def _begin(self) -> None:
        """A token that the installer gave is good until the service refuses it."""
        kind = self.kind
        if (
            isinstance(kind, Token)
            and kind.value is not None
            and "token" not in roots_of(kind.value)
        ):
            text = render_text(kind.value, self._scope)
            if text is not omit and text:
                self._access_token = str(text)
                self._last = applied(str(text), kind.apply, kind.scheme, self._scope)
                self.source.keep(self._last)

    def fetch(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A new token, held by the source before it is given to anybody."""
        kind = self.kind
        request = self.terms.request
        if isinstance(kind, OAuth2):
            if kind.refresh is not None and self._refresh_token is not None:
                # A refused refresh needs nobody where the client can log in by itself.
                can_log_in = kind.grant != "refresh_token"
                refused: ReconnectRequired | None = None
                try:
                    return (yield from self._ask(kind.refresh, policy, deadline, is_refresh=True))
                except ReconnectRequired as error:
                    refused = error
                self._refresh_token = None
                if not can_log_in:
                    raise refused
            return (yield from self._ask(request, policy, deadline, is_refresh=False))
        return (yield from self._ask(request, policy, deadline, is_refresh=True))

    def _ask(
        self, request: Request, policy: "Policy", deadline: float | None, *, is_refresh: bool
    ) -> Flow[Credential]:
        needs_person = is_refresh and self._spends_refresh_token(request)
        plan = self._plan(request, needs_person=needs_person)
        # Errors are raised here and not below: no frame of their tracebacks holds a secret.
        call, reason = self._call(request, plan, deadline, needs_person=needs_person)
        if call is None:
            told = f"the token request cannot be made: {policy.secrets.scrub(reason)}"
            raise policy.table().named("ConfigurationError")(
                f"{policy.connector}: {told}", action=plan.action
            )
        asked_at = self._clock()
        reply = yield from calling(call, policy)
        credential, reason = self._read(answer_of(reply), policy, asked_at)
        if credential is None:
            raise plain_error(policy, call, "InvalidResponse", reason, reply)
        return credential

    def _spends_refresh_token(self, request: Request) -> bool:
        """Whether a refusal means that a person has to connect again."""
        if isinstance(self.kind, OAuth2):
            return True
        parts = [request.url, request.body, dict(request.query), dict(request.headers)]
        return not {"token", "refresh_token"}.isdisjoint(roots_of(parts))

    def _plan(self, request: Request, *, needs_person: bool) -> Plan:
        auth = Fixed(self._last) if request.auth == "current" and self._last is not None else None
        return Plan(
            "auth.refresh" if needs_person else "auth.token",
            "",
            Classifier(_token_errors(self._errors, self.terms, needs_person=needs_person)),
            retry=self._retry,
            auth=auth,
            follows_redirects=False,
            max_bytes=MOST_TOKEN_BYTES,
        )

    def _call(
        self, request: Request, plan: Plan, deadline: float | None, *, needs_person: bool
    ) -> tuple[Call | None, str]:
        """The call, or why it cannot be made."""
        scope = self._token_scope()
        fields: dict[str, str] = {}
        query: dict[str, str] = {}
        lines: Lines = []
        try:
            if isinstance(self.kind, OAuth2):
                fields = grant_fields(self.kind, scope)
                if needs_person:
                    fields["grant_type"] = "refresh_token"
                    fields["refresh_token"] = self._refresh_token or ""
                proof, query, lines = self._maker.client_auth(self.kind, scope)
                fields.update(proof)
            call = self._maker.call(
                request,
                scope,
                plan,
                fields=fields,
                query=query,
                headers=lines,
                deadline=deadline,
                # A rotating refresh token that may have been spent is not sent twice.
                is_replayable=not needs_person,
            )
        except (ValueError, TypeError) as fault:
            return None, str(fault)
        return call, ""

    def _token_scope(self) -> Scope:
        token = {"access_token": self._access_token, "refresh_token": self._refresh_token or ""}
        return self._scope.having(
            token={name: text for name, text in token.items() if text},
            refresh_token=omit if self._refresh_token is None else self._refresh_token,
            now=time.time(),
        )

    def _read(
        self, answer: Answer, policy: "Policy", asked_at: float
    ) -> tuple[Credential | None, str]:
        """The credential of an answer, or why there is none."""
        terms = self.terms
        token = terms.access_token(answer)
        if type(token) is int:
            token = str(token)
        if not isinstance(token, str) or not token:
            return None, f"the answer holds no token at {terms.access_token}"
        policy.secrets.add_token(token)
        renewed = None if terms.refresh_token is None else terms.refresh_token(answer)
        if isinstance(renewed, str) and renewed:
            policy.secrets.add_token(renewed)
            self._refresh_token = renewed
        self._access_token = token
        try:
            credential = self._credential(token, policy)
        except (ValueError, TypeError) as fault:
            return None, f"the token cannot be sent: {fault}"
        self._last = credential
        lifetime = _lifetime_seconds(terms, answer, token, policy.now())
        if lifetime is None:
            self.source.keep(credential)
        else:
            # Counted from the request, so that a slow answer does not make a token seem younger.
            early = min(EARLY_SECONDS if terms.early is None else terms.early, lifetime / 5)
            ends_at = asked_at + lifetime
            self.source.keep(credential, stale_at=ends_at - early, expires_at=ends_at)
        return credential, ""

    def _credential(self, token: str, policy: "Policy") -> Credential:
        kind = self.kind
        if isinstance(kind, Token) and "token" in roots_of(kind.value):
            token = str(render_text(kind.value, self._token_scope()))
            policy.secrets.add_token(token)
        return applied(token, kind.apply, kind.scheme, self._scope)


def _terms_of(kind: OAuth2 | Token) -> Refresh:
    """The request of a kind and the places of its answer, with the standard ones filled in."""
    if isinstance(kind, Token):
        assert kind.refresh is not None
        return kind.refresh
    assert kind.token is not None
    return Refresh(
        kind.token,
        kind.access_token or body("access_token"),
        kind.refresh_token or body("refresh_token"),
        kind.expires_in or (None if kind.expires_at is not None else body("expires_in")),
        kind.expires_at,
        kind.lifetime,
        kind.early,
        kind.ok,
    )


def _token_errors(errors: Errors, terms: Refresh, *, needs_person: bool) -> Errors:
    """The connector's rules hold for token answers too; its `ok` and codes are for its actions."""
    refused = Outcome("reconnect") if needs_person else Outcome("fail", error="Unauthorized")
    return Errors(
        ok=terms.ok,
        code=(body("error"), *errors.code),
        message=(body("error_description"), *errors.message),
        request_id=errors.request_id,
        rules=errors.rules,
        statuses=dict.fromkeys(_REFUSED, refused),
    )


def _lifetime_seconds(terms: Refresh, answer: Answer, token: str, now: float) -> float | None:
    """How long a token is good from now on; None where nothing tells, and for nonsense."""
    seconds: Any = None
    if terms.expires_at == "jwt.exp":
        expires_at = _jwt_expiry(token)
        seconds = None if expires_at is None else expires_at - now
    elif terms.expires_at is not None:
        seconds = _seconds_until(terms.expires_at, answer, now)
    if seconds is None and terms.expires_in is not None:
        place = terms.expires_in if isinstance(terms.expires_in, Wait) else Wait(terms.expires_in)
        seconds = place(answer, now)
    if seconds is None or seconds <= 0.0:
        seconds = terms.lifetime
    return None if seconds is None or seconds >= FOREVER else float(seconds)


def _seconds_until(place: Any, answer: Answer, now: float) -> float | None:
    if isinstance(place, Wait):
        return place(answer, now)
    found = place(answer)
    if isinstance(found, str):
        moment = parse_moment(found) if not found.replace(".", "", 1).isdigit() else float(found)
    else:
        moment = float(found) if type(found) in (int, float) else None
    if moment is None:
        return None
    # Thirteen digits are milliseconds: seconds would lie thirty thousand years ahead.
    return (moment / 1000.0 if moment > 1e11 else moment) - now


def _jwt_expiry(token: str) -> float | None:
    """The `exp` of a JSON web token, which is read and not verified: only its owner can."""
    import json
    from base64 import urlsafe_b64decode

    parts = token.split(".")
    if len(parts) < 2:
        return None
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        expiry = claims.get("exp")
    except (ValueError, AttributeError, RecursionError):
        return None
    return float(expiry) if type(expiry) in (int, float) else None
