"""Spells how calls are authorised, repeated, limited, judged and walked: the data of the flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ferrule.forms.code import Code
from ferrule.forms.spec import (
    OUTCOMES,
    Auth,
    Basic,
    Custom,
    ErrorRule,
    Errors,
    Paging,
    Partial,
    Retry,
    Token,
)
from ferrule.forms.timeouts import Timeouts
from ferrule.forms.values import Values
from ferrule.passes.resolve.inherit import verb_and_path
from ferrule.passes.resolve.lowering import Lowering
from ferrule.passes.resolve.proofs import applied, proof, signed
from ferrule.passes.resolve.scopes import references_in
from ferrule.python_text import NONE, dict_of, literal, optional_literal, tuple_of
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.logins import Refresh, Session
    from ferrule.forms.oauth import Discover, OAuth2
    from ferrule.forms.requests import Request


class Policies(Struct, frozen=True):
    """Writes the blocks of a spec that say how, not what."""

    lowering: Lowering
    hosts: Mapping[str, ast.Template] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    """The scopes that the actions need."""
    optional: frozenset[str] = frozenset()
    """The settings that may be left out."""

    # --- auth

    def auth(self, auth: Auth) -> Code:
        """One kind of authentication."""
        if auth.basic is not None:
            return self._basic(auth.basic)
        if auth.token is not None:
            return self._token(auth.token)
        if auth.oauth2 is not None:
            return self._oauth2(auth.oauth2)
        if auth.session is not None:
            return self._session(auth.session)
        if auth.custom is not None:
            return self._custom(auth.custom)
        if auth.one_of is not None:
            return self._one_of(auth.one_of)
        if auth.all_of is not None:
            return self._all_of(auth.all_of)
        return proof(self.lowering, auth) or self.lowering.make("NoAuth")

    def action_auth(self, names: list[str] | None) -> Code | None:
        """The auth of an action: a name, none, or alternatives."""
        if names is None:
            return None
        rows = [tuple(part.strip() for part in row.split("+")) for row in names]
        if rows == [("none",)]:
            return self.lowering.make("NoAuth")
        if len(rows) == 1 and len(rows[0]) == 1:
            return literal(rows[0][0])
        alternatives = tuple(() if row == ("none",) else row for row in rows)
        return self.lowering.make("Alternatives", literal(alternatives))

    def _basic(self, basic: Basic) -> Code:
        return self.lowering.make(
            "Basic",
            username=self.lowering.template(basic.username),
            password=self.lowering.template(basic.password),
        )

    def _token(self, token: Token) -> Code:
        return self.lowering.make(
            "Token",
            self.lowering.template(token.value),
            **applied(self.lowering, token.apply, token.scheme),
            refresh=None if token.refresh is None else self._refresh(token.refresh),
        )

    def _refresh(self, refresh: Refresh) -> Code:
        return self.lowering.make(
            "Refresh",
            self.request(refresh.request),
            self.lowering.read(refresh.access_token),
            **self._token_facts(refresh),
        )

    def _session(self, form: Session) -> Code:
        names = {name: "let" for step in form.steps for name in step.let}
        inner = replace(self, lowering=replace(self.lowering, local=names))
        return inner._named_session(form)

    def _named_session(self, form: Session) -> Code:
        lowering = self.lowering
        applied_to = applied(lowering, form.apply, form.scheme)
        cookie = form.access_token.place.place
        values = {key: self._values(getattr(form, key)) for key in ("headers", "query", "cookies")}
        if form.apply is None and cookie.root == "cookie":
            # What came as a cookie goes back as one.
            applied_to["apply"] = literal(("cookie", cookie.name))
        elif form.apply is None and any(values.values()):
            applied_to["apply"] = NONE
        steps = [
            tuple_of(
                [
                    self.request(step, "json"),
                    dict_of({name: lowering.read(place) for name, place in step.let.items()}),
                ]
            )
            for step in form.steps
        ]
        return lowering.make(
            "Session",
            tuple_of(steps),
            lowering.read(form.access_token),
            refresh=None if form.refresh is None else self.request(form.refresh, "json"),
            **self._token_facts(form),
            idle=_seconds(form.idle),
            **applied_to,
            **values,
            per=optional_literal(form.per),
            auth=optional_literal(form.auth),
        )

    def _token_facts(self, form: Refresh | OAuth2 | Session) -> dict[str, Code | None]:
        def read(place: ast.ReadPlace | None) -> Code | None:
            return None if place is None else self.lowering.read(place)

        return {
            "refresh_token": read(form.refresh_token),
            "expires_in": read(form.expires_in),
            "expires_at": read(form.expires_at),
            "lifetime": _seconds(form.lifetime),
            "early": _seconds(form.early),
            "ok": None if form.ok is None else self.lowering.condition(form.ok),
        }

    def _oauth2(self, form: OAuth2) -> Code:
        return self.lowering.make(
            "OAuth2",
            grant=literal(form.kind_of_grant),
            token=self.request(form.token),
            authorize=None if form.authorize is None else self.request(form.authorize),
            refresh=None if form.refresh is None else self.request(form.refresh),
            revoke=None if form.revoke is None else self.request(form.revoke),
            client_auth=optional_literal(form.client_auth),
            assertion=None if form.assertion is None else signed(self.lowering, form.assertion),
            pkce=optional_literal(form.pkce),
            issuer=self._template(form.issuer),
            code=None if form.code is None else literal(form.code.name or ""),
            client_id=self._template(form.client_id),
            client_secret=self._template(form.client_secret),
            scopes=self._scopes(form),
            scope_separator=literal(form.scope_separator) if form.scope_separator != " " else None,
            access_token=(
                None if form.access_token is None else self.lowering.read(form.access_token)
            ),
            **self._token_facts(form),
            **applied(self.lowering, form.apply, form.scheme),
            capture=self._captured(form.capture),
            discover=None if form.discover is None else self._discover(form.discover),
        )

    def _captured(self, places: Mapping[str, ast.MatchedPlace]) -> Code | None:
        if not places:
            return None
        return dict_of({name: self.lowering.matched(place) for name, place in places.items()})

    def _discover(self, form: Discover) -> Code:
        lowering = self.lowering
        told = {name: lowering.read(place) for name, place in form.let.items()}
        return lowering.make(
            "Discover",
            self.request(form),
            dict_of(told),
            choose=_place(lowering, form.choose),
            label=None if form.label is None else lowering.matched(form.label),
        )

    def _template(self, template: ast.Template | None) -> Code | None:
        return None if template is None else self.lowering.template(template)

    def _scopes(self, form: OAuth2) -> Code | None:
        if form.scopes is None:
            # What the actions need is what is asked for.
            return literal(self.scopes) if self.scopes else None
        if isinstance(form.scopes, list):
            return literal(tuple(form.scopes))
        return self.lowering.template(form.scopes)

    def _custom(self, custom: Custom) -> Code:
        optional = self.optional & {each.names[0] for each in references_in(custom)}
        return self.lowering.make(
            "Custom",
            headers=self._values(custom.headers),
            query=self._values(custom.query),
            cookies=self._values(custom.cookies),
            body=self._values(custom.body),
            optional=literal(tuple(sorted(optional))) if optional else None,
        )

    def _one_of(self, kinds: dict[str, Auth]) -> Code:
        return self.lowering.make(
            "OneOf", dict_of({name: self.auth(kind) for name, kind in kinds.items()})
        )

    def _all_of(self, kinds: list[Auth]) -> Code:
        return self.lowering.make("AllOf", tuple_of(map(self.auth, kinds)))

    def _values(self, values: Values) -> Code | None:
        return self.lowering.values(values) if values else None

    def _map(self, values: Values | ast.Template) -> Code | None:
        """Values by name; those that an installer names stand under no name."""
        if isinstance(values, ast.Template):
            return self.lowering.values({"": values})
        return self._values(values)

    def request(self, request: Request, send: str | None = None) -> Code:
        """A request of a token endpoint; `send` is how its body goes unless it says otherwise."""
        verb, path = verb_and_path(request)
        return self.lowering.make(
            "Request",
            literal(verb),
            self._address(request, path),
            query=self._map(request.query),
            headers=self._map(request.headers),
            cookies=self._values(request.cookies),
            body=None if request.body is None else self.lowering.value(request.body),
            send=optional_literal(request.send or (None if request.body is None else send)),
            auth=literal("current") if request.auth == "current" else None,
            timeout=None if request.timeout is None else self.timeout(request.timeout),
        )

    def _address(self, request: Request, path: ast.PathTemplate) -> Code:
        """The path; behind the host where the request names one."""
        host = None if request.host is None else self.hosts.get(request.host)
        if host is None or path.is_absolute:
            return self.lowering.path(path)
        parts = [*host.parts]
        if parts and isinstance(parts[-1], str):
            parts[-1] = parts[-1].rstrip("/")
        inner = [each for each in path.parts if not isinstance(each, ast.PathParam)]
        has_slash = bool(inner) and isinstance(inner[0], str) and inner[0].startswith("/")
        parts += inner if has_slash else ["/", *inner]
        return self.lowering.template(replace(host, parts=tuple(filter(None, parts))))

    # --- retries and times

    def retry(self, retry: Retry) -> Code:
        """`Retry(attempts=6, backoff=(1.0, 60.0))`."""
        backoff = None
        if retry.backoff is not None:
            low, high = retry.backoff.low_seconds, retry.backoff.high_seconds
            pair = literal((low, high)) if low != high else literal(low)
            backoff = NONE if high == 0 else pair
        return self.lowering.make(
            "Retry",
            attempts=optional_literal(retry.attempts),
            backoff=backoff,
            jitter=optional_literal(retry.jitter),
            network=optional_literal(retry.network),
            all_errors=optional_literal(retry.all_errors),
        )

    def timeout(self, timeouts: Timeouts) -> Code:
        """`Timeout(read=60.0)`."""
        return self.lowering.make(
            "Timeout",
            connect=_seconds(timeouts.connect),
            read=_seconds(timeouts.read),
            write=_seconds(timeouts.write),
            pool=_seconds(timeouts.pool),
            total=_seconds(timeouts.total),
        )

    def rates(self, rates: list[ast.Rate]) -> Code:
        """The limits of one bucket, all of which are kept."""
        return tuple_of(
            self.lowering.make(
                "Rate",
                literal(rate.count),
                literal(rate.span_seconds),
                burst=optional_literal(rate.burst),
                points=literal(True) if rate.is_points else None,
                per=None if rate.per is None else self.lowering.target(rate.per),
            )
            for rate in rates
        )

    # --- errors

    def errors(self, errors: Errors) -> Code:
        """`Errors(ok=…, code=(…), rules=(…), …)`."""
        lowering = self.lowering
        return lowering.make(
            "Errors",
            ok=None if errors.ok is None else lowering.condition(errors.ok),
            code=_places(lowering, errors.code),
            message=_places(lowering, errors.message),
            details=None if errors.details is None else lowering.read(errors.details),
            request_id=None if errors.request_id is None else lowering.place(errors.request_id),
            rules=tuple_of(map(self._rule, errors.rules)) if errors.rules else None,
            codes=self._codes(errors),
            statuses=self._statuses(errors),
            partial=None if errors.partial is None else self._partial(errors.partial),
        )

    def _partial(self, partial: Partial) -> Code:
        lowering = self.lowering
        return lowering.make(
            "Partial",
            lowering.condition(partial.failed),
            code=_places(lowering, partial.code),
            message=_places(lowering, partial.message),
            items=_place(lowering, partial.items),
        )

    def _rule(self, rule: ErrorRule) -> Code:
        then = self.outcome(rule.then, None, rule.wait)
        return self.lowering.make("Rule", self.lowering.condition(rule.when), then)

    def outcome(self, word: str, then: str | None, wait: ast.Wait | None) -> Code:
        """An outcome, an error class, or a class that means an outcome."""
        error = None if word in OUTCOMES else literal(word)
        kind = word if word in OUTCOMES else then or "fail"
        if then is not None and then not in OUTCOMES:
            kind, error = (kind if word in OUTCOMES else "fail"), literal(then)
        return self.lowering.make(
            "Outcome",
            literal(kind),
            error=error,
            wait=None if wait is None else self.lowering.wait(wait),
        )

    def _codes(self, errors: Errors) -> Code | None:
        outcomes = {
            str(code): self.outcome(word, each.then, each.wait)
            for word, each in errors.codes.items()
            for code in each.codes
        }
        return dict_of(outcomes) if outcomes else None

    def _statuses(self, errors: Errors) -> Code | None:
        outcomes = {
            status: self.outcome(word, each.then, each.wait)
            for word, each in errors.statuses.items()
            for status in each.statuses
        }
        return dict_of(outcomes) if outcomes else None

    # --- paging

    def paging(self, paging: Paging) -> Code:
        """`Paging(cursor=…, into=(…), size=…)`."""
        lowering = self.lowering
        size = paging.size
        return lowering.make(
            "Paging",
            cursor=_place(lowering, paging.cursor),
            into=self._into(paging),
            next_url=_place(lowering, paging.next_url),
            link=optional_literal(paging.link_header),
            page=None if paging.page is None else lowering.target(paging.page),
            start=optional_literal(paging.start),
            offset=None if paging.offset is None else lowering.target(paging.offset),
            size=lowering.target(size.in_) if size is not None and size.in_ is not None else None,
            default_size=None if size is None else optional_literal(size.default),
            max_size=None if size is None else optional_literal(size.max),
            more=None if paging.more is None else lowering.condition(paging.more),
            total=_place(lowering, paging.total),
        )

    def _into(self, paging: Paging) -> Code | None:
        if paging.into is None:
            return None
        if isinstance(paging.into, ast.RequestPlace):
            return tuple_of([self.lowering.target(paging.into)])
        pairs = []
        for text, place in paging.into.items():
            target = self.lowering.target_text(text)
            pairs.append(tuple_of([target, self.lowering.place(place)]))
        return tuple_of(pairs)


def _seconds(duration: ast.Duration | None) -> Code | None:
    return None if duration is None else literal(duration.seconds)


def _place(lowering: Lowering, place: ast.AnswerPlace | None) -> Code | None:
    return None if place is None else lowering.place(place)


def _places(lowering: Lowering, places: list[ast.MatchedPlace] | None) -> Code | None:
    return None if not places else tuple_of(map(lowering.matched, places))
