"""Signs a person in to a service and gives the token, for command lines and for web services.

A `SignIn` belongs to one client, whose settings say which app asks (`client_id` …). It keeps what
it obtains in the client's token store; a service that keeps tokens itself makes the client with
`token_store=None` and keeps the `KeptToken` that each method gives.

    sign_in = SignIn(client)
    pending = PendingSignIn("https://here.example.com/callback")     # state and verifier: secrets
    url = sign_in.url(pending)                                       # the browser is sent there
    token = sign_in.finish(pending, {"code": …, "state": …, "iss": …})    # what came back

- `url(pending)` is plain text work. Between `url` and `finish` keep `pending.redirect_uri`, `state`
  and `verifier`, sealed, for one use and for `SIGN_IN_SECONDS`; `PendingSignIn(redirect_uri, state,
  verifier)` makes it again.
- `finish(pending, answer)` checks state and issuer, exchanges the code, and asks what the token is
  good for where the spec says `discover`. `answer` is the query of the redirect as a mapping, or
  the whole URL. `choose` picks where the service offers several things: it is given their labels
  and gives the number of one.
- `refresh(token)` gives the token that follows; ReconnectRequired means that a person must act.
- `revoke(token)` tells the service; False where it offers no way to.
- `device()` and `finish_device(code)` are the same for the grant device_code.

A `KeptToken` has `access_token`, `refresh_token`, `expires_at` (seconds since the epoch, or None),
`scopes`, `captured` (further values that the spec names, JSON), `as_text()` and `from_text()`.

Errors: SignInFailed (its `code` says why: the service's word such as access_denied, or
state_mismatch, issuer_mismatch, missing_code, malformed, expired, choice_needed), Unauthorized for
a refused client or code, ConfigurationError for a setting. None of them holds a secret.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ferrule_runtime.credentials.authenticators import Authenticator, Fetched, Together
from ferrule_runtime.credentials.kinds import OAuth2
from ferrule_runtime.credentials.oauth.device import DeviceCode, device_code_of
from ferrule_runtime.credentials.oauth.grants import (
    authorize_fields,
    code_fields,
    scopes_of,
    text_of,
)
from ferrule_runtime.credentials.oauth.hidden import Hidden
from ferrule_runtime.credentials.oauth.pending import (
    SIGN_IN_SECONDS,
    PendingSignIn,
    RedirectFault,
    check_redirect,
    issuers_of,
    parameters_of,
)
from ferrule_runtime.credentials.shelf import KeptToken
from ferrule_runtime.drivers import drive, drive_async
from ferrule_runtime.errors import ConnectionFailed, ConnectorError
from ferrule_runtime.wire import Flow, Pause

if TYPE_CHECKING:
    from ferrule_runtime.answer import Answer
    from ferrule_runtime.client import AsyncClient, SyncClient
    from ferrule_runtime.credentials.tokens import TokenFetcher
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.installation import Installation

__all__ = [
    "SIGN_IN_SECONDS",
    "AsyncSignIn",
    "DeviceCode",
    "KeptToken",
    "PendingSignIn",
    "SignIn",
]

Choose = Callable[[list[str]], int]
_SLOWER_SECONDS = 5.0


class _SignInFlows:
    """The flows of a sign-in; no I/O."""

    def __init__(self, installation: "Installation", policy: "Policy", auth: str | None) -> None:
        fetcher = _fetcher_of(installation.authenticator(auth))
        if fetcher is None or not isinstance(fetcher.kind, OAuth2):
            raise installation.error("nobody signs in here: its auth is not oauth2")
        self._installation = installation
        self._policy = policy
        self._fetcher: TokenFetcher = fetcher
        self.kind: OAuth2 = fetcher.kind

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._installation.connector.name})"

    def error(self, told: str) -> ConnectorError:
        """An error of the configuration, with the connector's name."""
        return self._installation.error(told)

    def kept(self) -> KeptToken:
        """The token that is stored now, perhaps an empty one; nothing is sent."""
        return self._fetcher.peek(self._policy)

    def failed(self, code: str, told: str) -> ConnectorError:
        """A sign-in that gave no token, with every secret taken out of the words."""
        from ferrule_runtime.secrecy import one_line

        name, secrets = self._installation.connector.name, self._policy.secrets
        told = one_line(secrets.scrub(told))
        return self._policy.table().named("SignInFailed")(
            f"{name}: {told}", action="auth.login", code=one_line(secrets.scrub(code), 100)
        )

    def url(self, pending: PendingSignIn, *, scopes: tuple[str, ...] = ()) -> str:
        """Where the browser is sent. `scopes` are asked for besides those of the spec."""
        kind, reason = self.kind, ""
        if kind.grant != "authorization_code" or kind.authorize is None:
            raise self._installation.error(f"the grant {kind.grant} has no authorization URL")
        try:
            fields = authorize_fields(kind, self._fetcher.scope, pending, scopes)
            return self._fetcher.address(kind.authorize, fields)
        except (ValueError, TypeError) as fault:
            reason = str(fault)
        raise self._installation.error(f"the authorization URL cannot be made: {reason}")

    def _finishing(
        self, pending: PendingSignIn, answer: str | Mapping[str, str], choose: Choose | None
    ) -> Flow[KeptToken]:
        failure: tuple[str, str] | None = None
        self._policy.secrets.add_token(pending.state, pending.verifier)
        redirect = Hidden()
        try:
            redirect = parameters_of(answer)
            check_redirect(self.kind, pending, redirect, issuers_of(self.kind, self._fetcher))
        except RedirectFault as fault:
            failure = fault.code, str(fault)
        # From here on no frame shows what came back.
        answer = redirect
        if failure is None and not redirect.get(self.kind.code):
            failure = "missing_code", f"the redirect has no parameter {self.kind.code!r}"
        if failure is not None:
            raise self.failed(*failure)
        fields = code_fields(self.kind, pending, redirect[self.kind.code])
        self._policy.secrets.add_token(redirect[self.kind.code])
        assert self.kind.token is not None
        yield from self._fetcher.take(self.kind.token, fields, redirect, self._policy)
        return (yield from self._discovering(choose))

    def _discovering(self, choose: Choose | None) -> Flow[KeptToken]:
        """Ask what the token is good for, where the spec says how."""
        kept, discover = self._fetcher.peek(self._policy), self.kind.discover
        if discover is None:
            return kept
        answer = yield from self._fetcher.ask(
            discover.request, Hidden(), self._policy, "auth.discover", is_bearer=True
        )
        chosen = answer
        if discover.choose is not None:
            chosen = self._chosen(answer, discover.choose, discover.label, choose)
        found = {name: place(chosen) for name, place in discover.capture.items()}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            told = f"the answer of `discover` holds no {', '.join(missing)}"
            raise self.failed("nothing_to_choose", told)
        made = KeptToken.from_text(kept.as_text())
        assert made is not None
        made.captured = {**kept.captured, **found}
        yield from self._fetcher.keep(made, self._policy)
        return made

    def _chosen(self, answer: "Answer", place: Any, label: Any, choose: Choose | None) -> "Answer":
        offered = place(answer)
        offered = offered if isinstance(offered, list) else [offered]
        views = [answer.with_tree(each) for each in offered if each is not None]
        if not views:
            raise self.failed("nothing_to_choose", "the service offers nothing to connect to")
        if len(views) == 1:
            return views[0]
        labels = [str(self._label(view, label)) for view in views]
        if choose is None:
            told = f"the service offers several things to connect to: {', '.join(labels)}"
            raise self.failed("choice_needed", f"{told}; choose one")
        number = choose(labels)
        if not 0 <= number < len(views):
            raise self.failed("choice_needed", "what was chosen is not there")
        return views[number]

    def _label(self, view: "Answer", label: Any) -> Any:
        found = None if label is None else label(view)
        if found is not None:
            return found
        tree = view.tree if isinstance(view.tree, dict) else {}
        return next((tree[name] for name in ("name", "title", "id") if name in tree), view.tree)

    def _refreshing(self, token: KeptToken) -> Flow[KeptToken]:
        self._policy.secrets.add_token(*token.texts())
        return (yield from self._fetcher.renew(token, self._policy))

    def _revoking(self, token: KeptToken | None) -> Flow[bool]:
        kept = self._fetcher.peek(self._policy) if token is None else token
        self._policy.secrets.add_token(*kept.texts())
        request = self.kind.revoke
        text = kept.refresh_token or kept.access_token
        if request is not None and text:
            hint = "refresh_token" if kept.refresh_token else "access_token"
            fields = Hidden(token=text, token_type_hint=hint)
            self._fetcher.borrow(kept)
            yield from self._fetcher.ask(
                request, fields, self._policy, "auth.revoke", is_bearer=request.auth == "current"
            )
        if token is None:
            self._fetcher.forget(self._policy)
        return request is not None and bool(text)

    def _asking_device(self, scopes: tuple[str, ...]) -> Flow[DeviceCode]:
        kind = self.kind
        if kind.grant != "device_code" or kind.authorize is None:
            raise self._installation.error(f"the grant {kind.grant} has no device code")
        fields = Hidden(client_id=text_of(kind.client_id, self._fetcher.scope))
        asked = scopes_of(kind, self._fetcher.scope, scopes)
        if asked:
            fields["scope"] = asked
        answer = yield from self._fetcher.ask(
            kind.authorize, fields, self._policy, "auth.login", is_bearer=False
        )
        code, reason = device_code_of(answer, self._policy.clock())
        if code is None:
            raise self.failed("malformed", reason)
        self._policy.secrets.add_token(code.fields["device_code"])
        return code

    def _finishing_device(self, code: DeviceCode, choose: Choose | None) -> Flow[KeptToken]:
        assert self.kind.token is not None
        pause, policy = code.interval_seconds, self._policy
        while True:
            yield Pause(pause)
            if policy.clock() >= code.expires_at:
                raise self.failed("expired", "nobody said yes in time: begin again")
            failure: ConnectorError | None = None
            try:
                yield from self._fetcher.take(self.kind.token, code.fields, Hidden(), policy)
            except ConnectorError as error:
                failure = error
            if failure is None:
                return (yield from self._discovering(choose))
            if failure.code == "slow_down" or isinstance(failure, ConnectionFailed):
                pause += _SLOWER_SECONDS
            elif failure.code in ("access_denied", "expired_token"):
                told = failure.message or "the service answered: " + failure.code
                raise self.failed(failure.code.replace("_token", ""), told)
            elif failure.code != "authorization_pending":
                raise failure


class SignIn(_SignInFlows):
    """Signs a person in, for a sync client. `auth` names the kind where a client has several."""

    def __init__(self, client: "SyncClient", auth: str | None = None) -> None:
        """Raises ConfigurationError where the connector has no oauth2."""
        super().__init__(client._installation, client._current_policy(), auth)
        self._client = client

    def _run(self, flow: Flow[Any]) -> Any:
        return drive(flow, self._client._connect())

    def finish(
        self,
        pending: PendingSignIn,
        answer: str | Mapping[str, str],
        choose: Choose | None = None,
    ) -> KeptToken:
        """The token for what the browser came back with."""
        flow = self._finishing(pending, answer, choose)
        del answer
        kept: KeptToken = self._run(flow)
        return kept

    def refresh(self, token: KeptToken) -> KeptToken:
        """The token that follows this one."""
        kept: KeptToken = self._run(self._refreshing(token))
        return kept

    def revoke(self, token: KeptToken | None = None) -> bool:
        """Withdraw a token at the service, by default the client's own, which is then forgotten.

        False where the spec knows no way to.
        """
        return bool(self._run(self._revoking(token)))

    def device(self, *, scopes: tuple[str, ...] = ()) -> DeviceCode:
        """The codes with which a person says yes on another device."""
        code: DeviceCode = self._run(self._asking_device(scopes))
        return code

    def finish_device(self, code: DeviceCode, choose: Choose | None = None) -> KeptToken:
        """Wait until the person has said yes, and give the token."""
        kept: KeptToken = self._run(self._finishing_device(code, choose))
        return kept


class AsyncSignIn(_SignInFlows):
    """Signs a person in, for an async client."""

    def __init__(self, client: "AsyncClient", auth: str | None = None) -> None:
        """Raises ConfigurationError where the connector has no oauth2."""
        super().__init__(client._installation, client._current_policy(), auth)
        self._client = client

    async def _run(self, flow: Flow[Any]) -> Any:
        return await drive_async(flow, self._client._connect())

    async def finish(
        self,
        pending: PendingSignIn,
        answer: str | Mapping[str, str],
        choose: Choose | None = None,
    ) -> KeptToken:
        """The token for what the browser came back with."""
        flow = self._finishing(pending, answer, choose)
        del answer
        kept: KeptToken = await self._run(flow)
        return kept

    async def refresh(self, token: KeptToken) -> KeptToken:
        """The token that follows this one."""
        kept: KeptToken = await self._run(self._refreshing(token))
        return kept

    async def revoke(self, token: KeptToken | None = None) -> bool:
        """Withdraw a token at the service, by default the client's own, which is then forgotten."""
        return bool(await self._run(self._revoking(token)))

    async def device(self, *, scopes: tuple[str, ...] = ()) -> DeviceCode:
        """The codes with which a person says yes on another device."""
        code: DeviceCode = await self._run(self._asking_device(scopes))
        return code

    async def finish_device(self, code: DeviceCode, choose: Choose | None = None) -> KeptToken:
        """Wait until the person has said yes, and give the token."""
        kept: KeptToken = await self._run(self._finishing_device(code, choose))
        return kept


def _fetcher_of(authenticator: Authenticator | None) -> "TokenFetcher | None":
    """What fetches the token of a person, or any token of oauth2, among what authorises calls."""
    if isinstance(authenticator, Together):
        found = [each for each in map(_fetcher_of, authenticator.parts) if each is not None]
        personal = [each for each in found if getattr(each.kind, "needs_person", False)]
        return next(iter([*personal, *found]), None)
    is_oauth = isinstance(authenticator, Fetched) and isinstance(authenticator.fetcher.kind, OAuth2)
    return authenticator.fetcher if is_oauth else None  # type: ignore[union-attr]
