"""Fetches tokens: by logging in, by a refresh, or from a store that another client has filled."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.authenticators import Fixed, applied
from ferrule_runtime.credentials.kinds import OAuth2, Request, Token
from ferrule_runtime.credentials.requests import RequestMaker, grant_fields
from ferrule_runtime.credentials.shelf import Kept, Shelf, mark_of
from ferrule_runtime.credentials.source import TokenSource
from ferrule_runtime.credentials.terms import (
    early_seconds,
    lifetime_seconds,
    terms_of,
    token_errors,
)
from ferrule_runtime.errors import ConnectorError, Errors, ReconnectRequired
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier, answer_of
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.omit import omit
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.stores import StoreFault
from ferrule_runtime.templates import render_text, roots_of
from ferrule_runtime.wire import Call, Credential, Flow, Lines

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry
    from ferrule_runtime.flows.policy import Policy

# No answer with a token is larger; one that is must not fill the memory.
MOST_TOKEN_BYTES = 1 << 20


class TokenFetcher:
    """Fetches the token of one kind. The latest refresh token always replaces the one before it.

    With a shelf the token is shared with whoever has the same store: it is read there first,
    replaced under the store's lock, and stored before it is used.
    """

    __slots__ = (
        "_clock",
        "_errors",
        "_is_unsaved",
        "_last",
        "_maker",
        "_refused",
        "_retry",
        "_scope",
        "_shelf",
        "_token",
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
        shelf: Shelf | None = None,
    ) -> None:
        self.kind = kind
        self.terms = terms_of(kind)
        self.source = TokenSource(clock)
        self._scope = scope
        self._maker = maker
        self._errors = errors or Errors()
        self._retry = retry
        self._clock = clock
        self._shelf = shelf
        given = scope.get("refresh_token")
        given = given if isinstance(given, str) and given else None
        self._token = Kept(refresh_token=given, given=mark_of(given or ""))
        # An access token that the service did not take, wherever it may be found again.
        self._refused = ""
        self._is_unsaved = False
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
                self._token.access_token = str(text)
                self._last = applied(str(text), kind.apply, kind.scheme, self._scope)
                self.source.keep(self._last)

    @property
    def spends_refresh_token(self) -> bool:
        """Whether the next fetch may spend something that a cancelled call must not lose."""
        return self._shelf is not None or self._token.refresh_token is not None

    @property
    def scope(self) -> Scope:
        """The settings, which a scheme may be one of."""
        return self._scope

    def invalidate(self, refused: Credential) -> None:
        """The service does not take this credential, from whichever store it came."""
        if self._last is refused:
            self._refused = self._token.access_token
        self.source.invalidate(refused)

    def fetch(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A new token, stored and held by the source before it is given to anybody."""
        shelf = self._shelf
        if shelf is None:
            return (yield from self._fetch_anew(policy, deadline))
        # Without the lock first: most who come here find a token that another one has fetched.
        found = self._from_shelf(policy)
        if found is not None:
            return found
        release: Callable[[], None] | None = None
        reason = ""
        try:
            release = yield from shelf.locked(policy, deadline)
        except StoreFault as fault:
            reason = str(fault)
        if release is None:
            raise _store_error(policy, reason)
        try:
            found = self._from_shelf(policy)
            if found is None:
                found = yield from self._fetch_anew(policy, deadline)
            return found
        finally:
            release()

    def _from_shelf(self, policy: "Policy") -> Credential | None:
        """The stored token, where it is good; what else is stored is taken over in any case."""
        if self._is_unsaved:
            # What could not be stored is newer than what is.
            reason = self._save(self._token)
            if reason:
                raise _store_error(policy, reason)
            return self._held(policy)
        assert self._shelf is not None
        kept, reason = None, ""
        try:
            kept = self._shelf.load()
        except StoreFault as fault:
            reason = str(fault)
        if reason:
            raise _store_error(policy, reason)
        # Another refresh token that the installer gave begins anew.
        if kept is None or kept.given != self._token.given:
            return None
        policy.secrets.add_token(*kept.texts())
        self._token = kept
        return self._held(policy)

    def _held(self, policy: "Policy") -> Credential | None:
        """The credential of the token that was taken over, held by the source, if it is good."""
        kept = self._token
        if not kept.access_token or kept.access_token == self._refused:
            return None
        credential, _ = self._credential(policy)
        if credential is None:
            return None
        if kept.expires_at is None:
            self.source.keep(credential)
        else:
            now, ticks = policy.now(), self._clock()
            early = early_seconds(self.terms, max(kept.expires_at - kept.obtained_at, 0.0))
            if now >= kept.expires_at - early:
                return None
            ends_at = ticks + kept.expires_at - now
            self.source.keep(credential, stale_at=ends_at - early, expires_at=ends_at)
        self._last = credential
        return credential

    def _save(self, kept: Kept) -> str:
        """Store a token before anybody uses it. Why that cannot be, or nothing."""
        self._token = kept
        if self._shelf is None:
            return ""
        self._is_unsaved = True
        try:
            self._shelf.save(kept)
        except StoreFault as fault:
            return str(fault)
        self._is_unsaved = False
        return ""

    def _fetch_anew(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """Refresh where there is something to refresh with, else log in."""
        kind, terms = self.kind, self.terms
        refused: ConnectorError | None = None
        if not isinstance(kind, OAuth2):
            return (yield from self._refreshed(terms.request, policy, deadline))
        if kind.refresh is not None and self._token.refresh_token is not None:
            try:
                return (yield from self._refreshed(kind.refresh, policy, deadline))
            except ReconnectRequired as error:
                refused = error
        if kind.grant == "refresh_token" and refused is not None:
            raise refused
        # A refused refresh needs nobody where the client can log in by itself.
        return (yield from self._ask(terms.request, policy, deadline, is_refresh=False))

    def _refreshed(
        self, request: Request, policy: "Policy", deadline: float | None
    ) -> Flow[Credential]:
        """Refresh, unless the service has said before that a person is needed."""
        if self._token.needs_person:
            told = "the service refuses the refresh token: connect again"
            raise policy.table().named("ReconnectRequired")(
                f"{policy.connector}: {told}", action="auth.refresh"
            )
        try:
            return (yield from self._ask(request, policy, deadline, is_refresh=True))
        except ReconnectRequired:
            kept = self._token
            self._save(
                Kept(
                    refresh_token=kept.refresh_token,
                    scopes=kept.scopes,
                    captured=kept.captured,
                    given=kept.given,
                    needs_person=True,
                )
            )
            raise

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
        if self._is_unsaved:
            raise _store_error(policy, reason)
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
            Classifier(token_errors(self._errors, self.terms, needs_person=needs_person)),
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
                    fields["refresh_token"] = self._token.refresh_token or ""
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
        kept = self._token
        token = {"access_token": kept.access_token, "refresh_token": kept.refresh_token or ""}
        return self._scope.having(
            token={name: text for name, text in token.items() if text},
            refresh_token=omit if kept.refresh_token is None else kept.refresh_token,
            now=time.time(),
        )

    def _read(
        self, answer: Answer, policy: "Policy", asked_at: float
    ) -> tuple[Credential | None, str]:
        """The credential of an answer, stored before it is held, or why there is none."""
        terms, before = self.terms, self._token
        token = terms.access_token(answer)
        if type(token) is int:
            token = str(token)
        if not isinstance(token, str) or not token:
            return None, f"the answer holds no token at {terms.access_token}"
        policy.secrets.add_token(token)
        renewed = None if terms.refresh_token is None else terms.refresh_token(answer)
        if not isinstance(renewed, str) or not renewed:
            renewed = None if before.needs_person else before.refresh_token
        else:
            policy.secrets.add_token(renewed)
        lifetime = lifetime_seconds(terms, answer, token, policy.now())
        began = policy.now() - (self._clock() - asked_at)
        made = Kept(
            token,
            renewed,
            obtained_at=began,
            expires_at=None if lifetime is None else began + lifetime,
            scopes=before.scopes,
            captured=before.captured,
            given=before.given,
        )
        reason = self._save(made)
        if reason:
            return None, reason
        credential, reason = self._credential(policy)
        if credential is None:
            return None, f"the token cannot be sent: {reason}"
        self._last = credential
        if lifetime is None:
            self.source.keep(credential)
        else:
            # Counted from the request, so that a slow answer does not make a token seem younger.
            ends_at = asked_at + lifetime
            stale_at = ends_at - early_seconds(terms, lifetime)
            self.source.keep(credential, stale_at=stale_at, expires_at=ends_at)
        return credential, ""

    def _credential(self, policy: "Policy") -> tuple[Credential | None, str]:
        """What is sent for the token, or why it cannot be."""
        kind, token = self.kind, self._token.access_token
        try:
            if isinstance(kind, Token) and "token" in roots_of(kind.value):
                token = str(render_text(kind.value, self._token_scope()))
                policy.secrets.add_token(token)
            return applied(token, kind.apply, kind.scheme, self._scope), ""
        except (ValueError, TypeError) as fault:
            return None, str(fault)


def _store_error(policy: "Policy", reason: str) -> ConnectorError:
    return policy.table().named("ConfigurationError")(
        f"{policy.connector}: the token store cannot be used: {policy.secrets.scrub(reason)}",
        action="auth.token",
    )
