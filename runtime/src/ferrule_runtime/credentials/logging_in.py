"""Logs in by the steps of a session: sends them, keeps what they tell, makes the credential."""

# ruff: noqa: ARG002 - every authenticator is asked in the same words

import time
from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.authenticators import Authenticator, Fixed, applied, credential_of
from ferrule_runtime.credentials.kinds import Custom, Refresh, Request
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.requests import RequestMaker
from ferrule_runtime.credentials.source import TokenSource
from ferrule_runtime.credentials.terms import early_seconds, lifetime_seconds, token_errors
from ferrule_runtime.errors import Errors, ReconnectRequired
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier, answer_of
from ferrule_runtime.flows.failure import plain_error
from ferrule_runtime.flows.listen import refreshing
from ferrule_runtime.flows.redirect import STATUSES
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.wire import Call, Credential, Flight, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry
    from ferrule_runtime.flows.policy import Policy

MOST_ANSWER_BYTES = 1 << 20
_VALUES = ("headers", "query", "cookies")
_WHERE = {"header": "headers", "query": "query", "cookie": "cookies", "body": "body"}


class _Told:
    """What the answers of one login have told so far; its repr shows nothing."""

    __slots__ = ("access_token", "credential", "names", "refresh_token")

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self.access_token = ""
        self.refresh_token = ""
        self.credential: Credential | None = None

    def __repr__(self) -> str:
        return "_Told(hidden)"

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a session cannot be pickled or copied: it holds secrets")


class SessionFetcher:
    """Fetches the token of one session. A refused refresh logs in again: that needs nobody."""

    __slots__ = (
        "_clock",
        "_errors",
        "_maker",
        "_retry",
        "_scope",
        "_signer",
        "_told",
        "kind",
        "source",
    )

    def __init__(
        self,
        kind: Session,
        scope: Scope,
        maker: RequestMaker,
        errors: Errors | None,
        retry: "Retry",
        clock: Callable[[], float] = time.monotonic,
        signer: Callable[[], Authenticator | None] | None = None,
    ) -> None:
        """`signer` gives what authorises the requests of the login itself."""
        self.kind = kind
        self.source = TokenSource(clock)
        self._signer = signer
        self._scope = scope
        self._maker = maker
        self._errors = errors or Errors()
        self._retry = retry
        self._clock = clock
        self._told: _Told | None = None

    def __repr__(self) -> str:
        return "SessionFetcher(hidden)"

    def fetch(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """A new credential, by a refresh where there is something to refresh, else by the steps."""
        kind, before = self.kind, self._told
        if kind.refresh is not None and before is not None:
            try:
                call, reply, asked_at = yield from self._sent(
                    kind.refresh, before, policy, deadline, "auth.refresh"
                )
            except ReconnectRequired:
                self._told = None
            else:
                return self._settled(call, reply, before, asked_at, policy)
        told = _Told()
        for request, let in kind.steps:
            action = "auth.token" if request is kind.steps[-1][0] else "auth.login"
            call, reply, asked_at = yield from self._sent(request, told, policy, deadline, action)
            missing = _keep_names(told, let, answer_of(reply), policy)
            if missing:
                raise plain_error(policy, call, "InvalidResponse", missing, reply)
        return self._settled(call, reply, told, asked_at, policy)

    def _sent(
        self,
        request: Request,
        told: _Told,
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
        self, request: Request, told: _Told, deadline: float | None, action: str
    ) -> tuple[Call | None, str]:
        """The call, or why it cannot be made: told here, where no frame hangs on an error."""
        terms = self._terms(request)
        if action == "auth.login":
            terms = Refresh(request, None)
        errors = token_errors(self._errors, terms, needs_person=action == "auth.refresh")
        has_current = request.auth == "current" and told.credential is not None
        plan = Plan(
            action,
            "",
            # A login that ends in a redirect has still told its cookies.
            Classifier(errors, accepted=STATUSES),
            retry=self._retry,
            auth=self._authorised(told if has_current else None),
            follows_redirects=False,
            max_bytes=MOST_ANSWER_BYTES,
        )
        try:
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

    def _authorised(self, told: _Told | None) -> Authenticator | None:
        """What goes with a request of the login: what it has brought so far, or a kind's own."""
        if told is not None and told.credential is not None:
            return Fixed(told.credential)
        return None if self._signer is None else self._signer()

    def _terms(self, request: Request) -> Refresh:
        kind = self.kind
        return Refresh(
            request,
            kind.access_token,
            kind.refresh_token,
            kind.expires_in,
            kind.expires_at,
            kind.lifetime,
            kind.early,
            kind.ok,
        )

    def _told_scope(self, told: _Told) -> Scope:
        token = {"access_token": told.access_token, "refresh_token": told.refresh_token}
        return self._scope.having(
            let=told.names,
            token={name: text for name, text in token.items() if text},
            now=time.time(),
            nonce=token_hex(16),
        )

    def _settled(
        self, call: Call, reply: Reply, told: _Told, asked_at: float, policy: "Policy"
    ) -> Credential:
        """The credential of the last answer, held by the source before it is given to anybody."""
        credential, reason = self._read(answer_of(reply), told, asked_at, policy)
        if credential is None:
            raise plain_error(policy, call, "InvalidResponse", reason, reply)
        return credential

    def _read(
        self, answer: Answer, told: _Told, asked_at: float, policy: "Policy"
    ) -> tuple[Credential | None, str]:
        kind, terms = self.kind, self._terms(self.kind.steps[-1][0])
        token = kind.access_token(answer)
        if type(token) is int:
            token = str(token)
        if not isinstance(token, str) or not token:
            return None, f"the answer holds no token at {kind.access_token}"
        renewed = None if kind.refresh_token is None else kind.refresh_token(answer)
        told.access_token = token
        policy.secrets.add_token(token)
        if isinstance(renewed, str) and renewed:
            told.refresh_token = renewed
            policy.secrets.add_token(renewed)
        try:
            credential = self._credential(told)
        except (ValueError, TypeError) as fault:
            return None, f"the token cannot be sent: {fault}"
        told.credential = credential
        self._told = told
        lifetime = lifetime_seconds(terms, answer, token, policy.now())
        if kind.per == "request":
            return credential, ""
        if lifetime is None:
            self.source.keep(credential)
        else:
            ends_at = asked_at + lifetime
            stale_at = ends_at - early_seconds(terms, lifetime)
            self.source.keep(credential, stale_at=stale_at, expires_at=ends_at)
        return credential, ""

    def _credential(self, told: _Told) -> Credential:
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


def _keep_names(told: _Told, let: Mapping[str, Any], answer: Answer, policy: "Policy") -> str:
    """Keep what stands in the places of an answer; what is missing, or nothing."""
    for name, place in let.items():
        value = place(answer)
        if value is None or value == "":
            return f"the answer tells no {name} at {place}, which the login needs"
        told.names[name] = value
        # What a login tells opens doors, but for addresses.
        if isinstance(value, str) and "://" not in value:
            policy.secrets.add_token(value)
    return ""


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
            # A little before: what is on its way must not die there.
            if held is not None and now - self._used_at >= kind.idle * 0.9:
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

        credential: Credential = yield Flight(fetcher.source, fetch, policy.seconds_left(call))
        return credential

    def invalidate(self, refused: Credential) -> None:
        self._fetcher.source.invalidate(refused)
