"""Logs in by the steps of a session: sends them, keeps what they tell, makes the credential."""

# ruff: noqa: ARG002 - every authenticator is asked in the same words

import time
from collections.abc import Callable, Iterable, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.authenticators import Authenticator, Fixed, applied, credential_of
from ferrule_runtime.credentials.keeping import TokenKeeper, answer_error
from ferrule_runtime.credentials.kinds import Custom, Refresh, Request
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.requests import RequestMaker
from ferrule_runtime.credentials.shelf import KeptToken, Shelf, slow_mark_of
from ferrule_runtime.credentials.terms import (
    lifetime_seconds,
    session_terms,
    token_errors,
    token_in,
)
from ferrule_runtime.errors import Errors, ReconnectRequired
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier, answer_of
from ferrule_runtime.flows.listen import refreshing
from ferrule_runtime.flows.redirect import REDIRECTS
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.wire import Call, Credential, Flight, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry
    from ferrule_runtime.flows.policy import Policy

MOST_ANSWER_BYTES = 1 << 20
# How much of its idle time a session is trusted for: what is on its way must not meet a dead one.
LIVELY = 0.9
_VALUES = ("headers", "query", "cookies")
_WHERE = {"header": "headers", "query": "query", "cookie": "cookies", "body": "body"}


class SessionFetcher(TokenKeeper):
    """Fetches the token of one session. A refused refresh logs in again: that needs nobody.

    What the steps have told is kept with the token, so that who finds it in a store can go on.
    """

    __slots__ = ("_errors", "_maker", "_proof", "_retry", "_signer")
    kind: Session

    def __init__(
        self,
        kind: Session,
        scope: Scope,
        maker: RequestMaker,
        errors: Errors | None,
        retry: "Retry",
        clock: Callable[[], float] = time.monotonic,
        signer: Callable[[], Authenticator | None] | None = None,
        shelf: Shelf | None = None,
        proof: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """`signer` gives what authorises the requests of the login itself, `proof` the secrets that
        a login needs: a stored session is used by who would log in with the same ones.
        """
        super().__init__(kind, scope, shelf, clock)
        self._signer = signer
        self._maker = maker
        self._errors = errors or Errors()
        self._retry = retry
        self._proof = proof

    def fetch(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A new credential, stored and held by the source before it is given to anybody."""
        if self._shelf is not None and not self._token.given:
            self._token.given = slow_mark_of(self._proof(), self._shelf.key)
        return (yield from super().fetch(policy, deadline))

    def _fetch_anew(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """By a refresh where there is something to refresh, else by the steps."""
        kind, before = self.kind, self._token
        if kind.refresh is not None and before.access_token:
            try:
                call, reply, asked_at = yield from self._sent(
                    kind.refresh, before, policy, deadline, "auth.refresh"
                )
            except ReconnectRequired:
                self._token = KeptToken(given=before.given)
            else:
                return self._settled(call, reply, before, asked_at, policy)
        told = KeptToken(given=before.given, captured={})
        for request, let in kind.steps:
            action = "auth.token" if request is kind.steps[-1][0] else "auth.login"
            call, reply, asked_at = yield from self._sent(request, told, policy, deadline, action)
            names, missing = _told_names(let, answer_of(reply))
            if missing:
                raise answer_error(policy, call, missing, reply)
            told.captured = {**told.captured, **names}
            self._hide(told, policy)
        return self._settled(call, reply, told, asked_at, policy)

    def _sent(
        self,
        request: Request,
        told: KeptToken,
        policy: "Policy",
        deadline: float | None,
        action: str,
    ) -> Flow[tuple[Call, Reply, float]]:
        call, reason = self._call(request, told, deadline, action)
        if call is None:
            text = f"the request of the login cannot be made: {policy.secrets.scrub(reason)}"
            raise policy.table().named("ConfigurationError")(
                f"{policy.connector}: {text}", action=action
            )
        asked_at = self._clock()
        reply = yield from calling(call, policy)
        return call, reply, asked_at

    def _call(
        self, request: Request, told: KeptToken, deadline: float | None, action: str
    ) -> tuple[Call | None, str]:
        """The call, or why it cannot be made: told here, where no frame hangs on an error."""
        terms = session_terms(self.kind, request)
        if action == "auth.login":
            terms = Refresh(request, None)
        errors = token_errors(self._errors, terms, needs_person=action == "auth.refresh")
        is_current = request.auth == "current" and action == "auth.refresh"
        try:
            plan = Plan(
                action,
                "",
                # A login that ends in a redirect has still told its cookies.
                Classifier(errors, accepted=REDIRECTS),
                retry=self._retry,
                auth=self._authorised(told if is_current else None),
                follows_redirects=False,
                max_bytes=MOST_ANSWER_BYTES,
            )
            call = self._maker.call(
                request,
                self._told_scope(told),
                plan,
                deadline=deadline,
                is_replayable=action != "auth.refresh",
            )
        except (ValueError, TypeError) as fault:
            return None, str(fault)
        return call, ""

    def _authorised(self, told: KeptToken | None) -> Authenticator | None:
        """What goes with a request of the login: what it has brought so far, or a kind's own."""
        if told is not None:
            return Fixed(self._made(told))
        return None if self._signer is None else self._signer()

    def _told_scope(self, told: KeptToken) -> Scope:
        token = {"access_token": told.access_token, "refresh_token": told.refresh_token}
        return self._scope.having(
            let=told.captured,
            token={name: text for name, text in token.items() if text},
            now=time.time(),
            nonce=token_hex(16),
        )

    def _settled(
        self, call: Call, reply: Reply, told: KeptToken, asked_at: float, policy: "Policy"
    ) -> Credential:
        """The credential of the last answer, held by the source before it is given to anybody."""
        credential, reason = self._read(answer_of(reply), told, asked_at, policy)
        self._demand_saved(policy)
        if credential is None:
            raise answer_error(policy, call, reason, reply)
        return credential

    def _read(
        self, answer: Answer, told: KeptToken, asked_at: float, policy: "Policy"
    ) -> tuple[Credential | None, str]:
        kind, terms = self.kind, self.terms
        token = token_in(answer, kind.access_token)
        if token is None:
            return None, f"the answer holds no token at {kind.access_token}"
        policy.secrets.add_token(token)
        renewed = None if kind.refresh_token is None else kind.refresh_token(answer)
        has_new = isinstance(renewed, str) and bool(renewed)
        lifetime = lifetime_seconds(terms, answer, token, policy.now())
        began = policy.now() - (self._clock() - asked_at)
        made = KeptToken(
            token,
            renewed if has_new else told.refresh_token,
            obtained_at=began,
            expires_at=None if lifetime is None else began + lifetime,
            captured=told.captured,
            given=told.given,
        )
        self._hide(made, policy)
        try:
            credential = self._made(made)
        except (ValueError, TypeError) as fault:
            return None, f"the token cannot be sent: {fault}"
        self._save(made)
        if self._unsaved is not None:
            return None, ""
        if kind.per == "request":
            return credential, ""
        self._hold(credential, lifetime, asked_at)
        return credential, ""

    def _hide(self, kept: KeptToken, policy: "Policy") -> None:
        super()._hide(kept, policy)
        # What a login tells opens doors, but for addresses.
        names = [text for text in kept.captured.values() if isinstance(text, str)]
        policy.secrets.add_token(*(text for text in names if "://" not in text))

    def _held(self, policy: "Policy") -> Credential | None:
        idle, kept = self.kind.idle, self._token
        # Nobody knows when another process has last used it: the login is what is known.
        if idle is not None and policy.now() >= kept.obtained_at + idle * LIVELY:
            return None
        return super()._held(policy)

    def _credential(self, policy: "Policy") -> tuple[Credential | None, str]:
        try:
            return self._made(self._token), ""
        except (ValueError, TypeError) as fault:
            return None, str(fault)

    def _made(self, told: KeptToken) -> Credential:
        """What is sent for a token and what came with it. Raises ValueError and TypeError."""
        kind, scope = self.kind, self._told_scope(told)
        values = Custom(headers=kind.headers, query=kind.query, cookies=kind.cookies)
        made = credential_of(values, scope, None)
        if kind.apply is None:
            return made
        token = applied(told.access_token, kind.apply, kind.scheme, scope)
        return Credential(
            [*made.headers, *token.headers],
            {**made.query, **token.query},
            {**made.cookies, **token.cookies},
            token.body,
        )


def _told_names(let: Mapping[str, Any], answer: Answer) -> tuple[dict[str, Any], str]:
    """What stands in the places of an answer, and what is missing there, or nothing."""
    names = {name: place(answer) for name, place in let.items()}
    for name, value in names.items():
        if value is None or value == "":
            return {}, f"the answer tells no {name} at {let[name]}, which the login needs"
    return names, ""


class SessionAuth(Authenticator):
    """The session that all share, or a login for each attempt."""

    __slots__ = ("_clock", "_fetcher", "_used_at", "fills_body")
    is_refreshable = True

    def __init__(
        self, fetcher: SessionFetcher, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._used_at = clock()
        apply = fetcher.kind.apply
        self.fills_body = apply is not None and apply[0] == "body"

    def current(self, call: Call) -> Credential | None:
        kind, source = self._fetcher.kind, self._fetcher.source
        if kind.per == "request":
            return None
        held = source.current()
        if kind.idle is not None:
            now = self._clock()
            if held is not None and now - self._used_at >= kind.idle * LIVELY:
                source.invalidate(held)
                held = None
            self._used_at = now
        return held

    def stand_in(self, call: Call, text: str) -> Credential:
        kind = self._fetcher.kind
        named = {where: dict.fromkeys(getattr(kind, where), text) for where in _VALUES}
        if kind.apply is not None:
            where = _WHERE[kind.apply[0]]
            named.setdefault(where, {})[kind.apply[1]] = text
        lines = [(name.encode("latin-1"), text.encode()) for name in named["headers"]]
        return Credential(lines, named["query"], named["cookies"], named.get("body"))

    def obtain(self, call: Call, policy: "Policy") -> Flow[Credential]:
        fetcher = self._fetcher

        def fetch() -> Flow[Credential]:
            return refreshing("auth.token", fetcher.fetch(policy, call.deadline), policy)

        if fetcher.kind.per == "request":
            return (yield from fetch())

        credential: Credential = yield Flight(
            fetcher.source,
            fetch,
            policy.seconds_left(call),
            finishes=fetcher.spends_refresh_token,
        )
        return credential

    def invalidate(self, refused: Credential) -> None:
        self._fetcher.invalidate(refused)
