"""Fetches tokens: by logging in, by a refresh, or from a store that another client has filled."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.credentials.authenticators import Fixed
from ferrule_runtime.credentials.keeping import (
    TokenKeeper,
    answer_error,
    configuration_error,
)
from ferrule_runtime.credentials.kinds import OAuth2, Request, Token
from ferrule_runtime.credentials.oauth.grants import (
    UNATTENDED,
    login_fields,
    refresh_fields,
    refresh_of,
)
from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.credentials.requests import RequestMaker
from ferrule_runtime.credentials.shelf import KeptToken, Shelf
from ferrule_runtime.credentials.terms import (
    lifetime_seconds,
    settings_behind,
    token_errors,
    token_in,
)
from ferrule_runtime.errors import ConnectorError, Errors, ReconnectRequired
from ferrule_runtime.flows.call import calling
from ferrule_runtime.flows.classify import Classifier, answer_of
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import roots_of
from ferrule_runtime.wire import Call, Credential, Flow, Lines, Reply

if TYPE_CHECKING:
    from ferrule_runtime.connector import Retry
    from ferrule_runtime.flows.policy import Policy

# No answer with a token is larger; one that is must not fill the memory.
MOST_TOKEN_BYTES = 1 << 20


class TokenFetcher(TokenKeeper):
    """Fetches the token of one kind. The latest refresh token always replaces the one before it."""

    __slots__ = ("_advice", "_errors", "_maker", "_named", "_refresh", "_retry")
    kind: OAuth2 | Token

    def __init__(
        self,
        kind: OAuth2 | Token,
        scope: Scope,
        maker: RequestMaker,
        errors: Errors | None,
        retry: "Retry",
        clock: Callable[[], float] = time.monotonic,
        shelf: Shelf | None = None,
        advice: str = "connect again",
        named: Callable[[str], str] = str,
    ) -> None:
        """`advice` says how a person connects, `named` how a setting is given."""
        super().__init__(kind, scope, shelf, clock)
        self._maker = maker
        self._errors = errors or Errors()
        self._retry = retry
        self._advice = advice
        self._named = named
        self._refresh = refresh_of(kind) if isinstance(kind, OAuth2) else self.terms.request

    def take(
        self,
        request: Request,
        fields: Hidden,
        redirect: Hidden,
        policy: "Policy",
        deadline: float | None = None,
    ) -> Flow[KeptToken]:
        """What a person's consent is good for: the first token of a line, stored and held."""

        def flow() -> Flow[Credential]:
            self._token = KeptToken(given=self._token.given)
            return (
                yield from self._ask(
                    request, fields, policy, deadline, action="auth.login", redirect=redirect
                )
            )

        yield from self._locked(flow, policy, deadline)
        return self._token

    def renew(
        self, kept: KeptToken, policy: "Policy", deadline: float | None = None
    ) -> Flow[KeptToken]:
        """The token that follows this one. Raises ReconnectRequired where it is refused for good.

        For whoever keeps tokens in a place of their own: no store is looked at.
        """
        self._token = kept
        if self._refresh is None or kept.refresh_token is None:
            raise self._person_needed(policy)
        yield from self._refreshed(self._refresh, policy, deadline)
        return self._token

    def _fetch_anew(self, policy: "Policy", deadline: float | None) -> Flow[Credential]:
        """Refresh where there is something to refresh with, else log in where nobody is needed."""
        kind, refresh = self.kind, self._refresh
        refused: ConnectorError | None = None
        if not isinstance(kind, OAuth2):
            return (yield from self._refreshed(self.terms.request, policy, deadline))
        if refresh is not None and self._token.refresh_token is not None:
            try:
                return (yield from self._refreshed(refresh, policy, deadline))
            except ReconnectRequired as error:
                refused = error
        if kind.grant not in UNATTENDED:
            raise refused or self._person_needed(policy)
        # A refused refresh needs nobody where the client can log in by itself.
        fields, reason = self._login_fields(kind)
        if fields is None:
            raise configuration_error(policy, reason)
        return (
            yield from self._ask(
                self.terms.request, fields, policy, deadline, action="auth.token", redirect=Hidden()
            )
        )

    def _login_fields(self, kind: OAuth2) -> tuple[Hidden | None, str]:
        """The parameters of a login, or why there are none."""
        try:
            fields = login_fields(kind, self._scope)
            if kind.grant == "jwt_bearer":
                fields["assertion"] = self._maker.assertion(kind, self._token_scope())
        except (ValueError, TypeError) as fault:
            return None, str(fault)
        return fields, ""

    def _person_needed(self, policy: "Policy") -> ConnectorError:
        has_had_one = self._token.needs_person or self._token.access_token
        told = "the service refuses the refresh token" if has_had_one else "nobody has signed in"
        return policy.table().named("ReconnectRequired")(
            f"{policy.connector}: {told}: {self._advice}", action="auth.refresh"
        )

    def _refreshed(
        self, request: Request, policy: "Policy", deadline: float | None
    ) -> Flow[Credential]:
        """Refresh, unless the service has said before that a person is needed."""
        if self._token.needs_person:
            raise self._person_needed(policy)
        is_oauth = isinstance(self.kind, OAuth2)
        fields = refresh_fields(self._token.refresh_token or "") if is_oauth else Hidden()
        needs_person = is_oauth or self._spends_refresh_token(request)
        try:
            return (
                yield from self._ask(
                    request,
                    fields,
                    policy,
                    deadline,
                    action="auth.refresh" if needs_person else "auth.token",
                )
            )
        except ReconnectRequired:
            kept = self._token
            self._save(
                KeptToken(
                    refresh_token=kept.refresh_token,
                    scopes=kept.scopes,
                    captured=kept.captured,
                    given=kept.given,
                    needs_person=True,
                )
            )
            raise

    def _ask(
        self,
        request: Request,
        fields: Hidden,
        policy: "Policy",
        deadline: float | None,
        *,
        action: str,
        redirect: Hidden | None = None,
    ) -> Flow[Credential]:
        """Ask for a token. With a `redirect` (perhaps an empty one) a new line of them begins."""
        plan = self._plan(request, action)
        # Errors are raised here and not below: no frame of their tracebacks holds a secret.
        call, reason = self._call(request, plan, fields, deadline, redirect)
        if call is None:
            told = f"the token request cannot be made: {reason}"
            raise configuration_error(policy, told, plan.action)
        asked_at = self._clock()
        reply = yield from self._sent(call, policy)
        credential, reason = self._read(_as_tree(answer_of(reply)), policy, asked_at, redirect)
        reason = policy.secrets.scrub(reason)
        self._demand_saved(policy)
        if credential is None:
            raise answer_error(policy, call, reason, reply)
        return credential

    def _spends_refresh_token(self, request: Request) -> bool:
        """Whether a refusal means that a person has to connect again."""
        parts = [request.url, request.body, dict(request.query), dict(request.headers)]
        return not {"token", "refresh_token"}.isdisjoint(roots_of(parts))

    def ask(
        self, request: Request, fields: Hidden, policy: "Policy", action: str, *, is_bearer: bool
    ) -> Flow[Answer]:
        """The answer of a request that brings no token: bearing the one that is held, or proving
        the client as a token request does."""
        plan = self._plan(request, action)
        if is_bearer:
            plan = plan.varied(
                auth=None if self._last is None else Fixed(self._last),
                classifier=Classifier(self._errors),
            )
        call, reason = self._call(request, plan, fields, None, None, is_bearer=is_bearer)
        if call is None:
            raise configuration_error(policy, f"the request cannot be made: {reason}", action)
        # A spec names this address beside the token's own: it is one of the service.
        trusting = policy.varied(trusted=policy.trusted | {call.origin})
        reply = yield from self._sent(call, trusting)
        return answer_of(reply)

    def _sent(self, call: Call, policy: "Policy") -> Flow[Reply]:
        """Send a call; a refusal of the client says which settings to look at."""
        try:
            return (yield from calling(call, policy))
        except ConnectorError as error:
            names = settings_behind(self.kind, error.code)
            if names:
                told = ", ".join(map(self._named, names))
                advice = call.plan.advice
                # The code tells more than the status, which may have named all the settings.
                text = str(error) if advice is None else str(error).replace(advice(), "", 1)
                error.args = (f"{text}; look at {told}",)
            raise

    def address(self, request: Request, fields: Hidden) -> str:
        """The URL of a request that a browser makes. Raises ValueError."""
        return self._maker.address(request, self._token_scope(), fields)

    def _plan(self, request: Request, action: str) -> Plan:
        auth = Fixed(self._last) if request.auth == "current" and self._last is not None else None
        is_refresh = action == "auth.refresh"
        return Plan(
            action,
            "",
            Classifier(token_errors(self._errors, self.terms, needs_person=is_refresh)),
            retry=self._retry,
            auth=auth,
            follows_redirects=False,
            max_bytes=MOST_TOKEN_BYTES,
        )

    def _call(
        self,
        request: Request,
        plan: Plan,
        fields: Hidden,
        deadline: float | None,
        redirect: Hidden | None,
        *,
        is_bearer: bool = False,
    ) -> tuple[Call | None, str]:
        """The call, or why it cannot be made."""
        scope = self._token_scope()
        if redirect:
            scope = scope.having(redirect=redirect)
        query: dict[str, str] = {}
        lines: Lines = []
        try:
            if isinstance(self.kind, OAuth2) and not is_bearer:
                proof, query, lines = self._maker.client_auth(self.kind, scope)
                fields = Hidden({**fields, **proof})
            call = self._maker.call(
                request,
                scope,
                plan,
                fields=fields,
                query=query,
                headers=lines,
                deadline=deadline,
                # A code or a rotating refresh token that may have been spent is not sent twice.
                is_replayable=plan.action == "auth.token",
            )
        except (ValueError, TypeError) as fault:
            return None, str(fault)
        return call, ""

    def _read(
        self,
        answer: Answer,
        policy: "Policy",
        asked_at: float,
        redirect: Hidden | None,
    ) -> tuple[Credential | None, str]:
        """The credential of an answer, stored before it is held, or why there is none."""
        terms = self.terms
        before = self._token if redirect is None else KeptToken(given=self._token.given)
        answer.redirect = redirect
        token = token_in(answer, terms.access_token)
        if token is None:
            return None, f"the answer holds no token at {terms.access_token}{_said(answer)}"
        policy.secrets.add_token(token)
        renewed = None if terms.refresh_token is None else terms.refresh_token(answer)
        if not isinstance(renewed, str) or not renewed:
            renewed = None if before.needs_person else before.refresh_token
        else:
            policy.secrets.add_token(renewed)
        lifetime = lifetime_seconds(terms, answer, token, policy.now())
        began = policy.now() - (self._clock() - asked_at)
        made = KeptToken(
            token,
            renewed,
            obtained_at=began,
            expires_at=None if lifetime is None else began + lifetime,
            scopes=_scopes_in(answer) or before.scopes,
            captured={**before.captured, **self._captured(answer)},
            given=before.given,
        )
        policy.secrets.add_token(*made.texts())
        self._save(made)
        if self._unsaved is not None:
            return None, ""
        credential, reason = self._credential(policy)
        if credential is None:
            return None, f"the token cannot be sent: {reason}"
        self._hold(credential, lifetime, asked_at)
        return credential, ""

    def _captured(self, answer: Answer) -> dict[str, Any]:
        """What else of the answer is kept; a value that is missing leaves the one before."""
        if not isinstance(self.kind, OAuth2):
            return {}
        found = {name: place(answer) for name, place in self.kind.capture.items()}
        return {name: value for name, value in found.items() if value is not None}


def _as_tree(answer: Answer) -> Answer:
    """The answer with its fields; some services tell them as a form."""
    if answer.media_type != "application/x-www-form-urlencoded":
        return answer
    from urllib.parse import parse_qsl

    return answer.with_tree(dict(parse_qsl(answer.text)))


def _scopes_in(answer: Answer) -> tuple[str, ...]:
    """The scopes that were granted, where the answer says so (RFC 6749, 5.1)."""
    tree = answer.tree
    granted = tree.get("scope") if isinstance(tree, dict) else None
    return tuple(granted.replace(",", " ").split()) if isinstance(granted, str) else ()


def _said(answer: Answer) -> str:
    """What an answer without a token says instead, as the standard's error or in plain sight."""
    tree = answer.tree
    if not isinstance(tree, dict):
        return ""
    words = [tree.get(name) for name in ("error", "error_description")]
    told = ": ".join(word for word in words if isinstance(word, str))
    return f"; it says {told}" if told else f"; it has {', '.join(map(str, tree))}"
