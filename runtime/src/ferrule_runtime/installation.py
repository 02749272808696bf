"""A connector with the settings of one installer: origins, credentials, budgets, connections."""

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from ferrule_runtime import __version__
from ferrule_runtime.connector import Connector
from ferrule_runtime.credentials.authenticators import Authenticator, CredentialFault, Workshop
from ferrule_runtime.credentials.choice import (
    ChoiceFault,
    Choices,
    captured_names,
    capturing,
    missing_names,
)
from ferrule_runtime.credentials.kinds import Alternatives, NoAuth, OAuth2, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.outgoing import Outgoing, RequestFields
from ferrule_runtime.errors import ConnectorError, ErrorTable
from ferrule_runtime.flows.policy import Policy
from ferrule_runtime.forks import watch
from ferrule_runtime.limiter import Limiter
from ferrule_runtime.link import Link
from ferrule_runtime.network import Network, NetworkFault, Tls
from ferrule_runtime.omit import omit
from ferrule_runtime.replies import Replies
from ferrule_runtime.scope import JsonSecret, Scope
from ferrule_runtime.secrecy import Secrets
from ferrule_runtime.settings import SettingFault, read_setting, secrets_in, told
from ferrule_runtime.templates import TemplateFault, render, roots_of
from ferrule_runtime.urls import UrlFault, parse_url, render_url
from ferrule_runtime.wire import Flow, Lines, Origin

if TYPE_CHECKING:
    from ferrule_runtime.credentials.logging_in import SessionAuth
    from ferrule_runtime.credentials.requests import RequestMaker
    from ferrule_runtime.credentials.shelf import Shelf
    from ferrule_runtime.credentials.tokens import TokenFetcher
    from ferrule_runtime.options import Options

Place = tuple[Origin, str, str]


class Installation:
    """What a client and all its copies share. Making one does no I/O."""

    __slots__ = (
        "__weakref__",
        "_authenticators",
        "_captured_fault",
        "_captures",
        "_choices",
        "_environ",
        "_learning",
        "_lock",
        "_options",
        "_origins",
        "_settings",
        "_workshop",
        "base",
        "connector",
        "hosts",
        "is_waiting",
        "lines",
        "link",
        "network",
        "policy",
        "scope",
        "secrets",
        "table",
    )

    def __init__(
        self,
        connector: Connector,
        given: Mapping[str, Any],
        options: "Options",
        auth: Any = omit,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Raises the connector's ConfigurationError, which names settings and never values."""
        self.connector = connector
        self.table: Callable[[], ErrorTable] = connector.error_table or ErrorTable
        self.secrets = Secrets()
        self._options = options
        self._environ = environ
        # Names that come with a token, and what they made impossible once they were there.
        self._captures = frozenset(captured_names(connector.auth, *connector.auths.values()))
        self._captured_fault: ConnectorError | None = None
        self._settings = self._read(given, environ)
        self.scope = self._derived(self._settings)
        self.base = self._base()
        self.hosts = self._hosts()
        self.lines: Lines = [
            (b"accept-encoding", b"gzip, deflate"),
            (b"user-agent", _agent(connector)),
        ]
        self.network = self._reached_by()
        self._keep_proxy_secret(self.network.proxy)
        self.link = Link(options.get("http_client"), self.network)
        self._origins: set[Origin] = self._trusted()
        self.policy = Policy(
            connector.name,
            table=self.table,
            limiter=self._limiter(options),
            secrets=self.secrets,
            trusted=self._origins,
            observe=connector.observe,
            replies=Replies(),
            shared=options.get("shared_limits"),
        )
        self._authenticators: dict[Any, Authenticator | None] = {}
        self._choices = self._choose(auth)
        self._workshop = Workshop(
            self.scope,
            self.secrets,
            scope_of=self.scope_of,
            fetcher_of=self._fetcher_of,
            session_of=self._session_of,
        )
        self._lock = Lock()
        self._learning = Lock()
        self.is_waiting = not self.scope.keys() >= set(captured_names(self._choices.default))
        watch(self)
        self.authenticator(None)

    def __repr__(self) -> str:
        return f"Installation({self.connector.name})"

    def _limiter(self, options: "Options") -> Limiter:
        """The budgets of this client: its own, those of another client, or those of a name."""
        other, connector = options.get("share_with"), self.connector
        if other is not None:
            if not isinstance(getattr(other, "_installation", None), Installation):
                raise TypeError("share_with= takes another client, whose limits are kept too")
            borrowed: Limiter = other._installation.policy.limiter
            borrowed.include(connector.limits)
            return borrowed

        def made() -> Limiter:
            return Limiter(
                connector.limits,
                concurrency=self._concurrency(),
                min_interval=connector.min_interval,
                observed=[each.bucket for each in connector.observe],
            )

        if connector.share is None:
            return made()
        name, reason = _rendered(connector.share, self.scope)
        if reason or name is omit:
            raise self.error(f"the name of the shared budget cannot be made: {reason or 'unset'}")
        from ferrule_runtime.shared_limits import shared

        limiter = shared(str(name), made)
        limiter.include(connector.limits)
        return limiter

    def error(self, told_what: str, name: str = "ConfigurationError") -> ConnectorError:
        """An error of this connector that belongs to no action."""
        return self.table().named(name)(f"{self.connector.name}: {self.secrets.scrub(told_what)}")

    def lacking(self, what: str, names: Sequence[str]) -> ConnectorError:
        """The error of what needs names that nobody gave, with what is to be done."""
        needs = f"{what} needs {', '.join(names)}"
        kind = capturing(names, self.connector.auth, *self.connector.auths.values())
        if kind is None:
            settings = [each for each in self.connector.settings if each.name in names]
            return self.error(f"{needs}: give {'; '.join(map(told, settings)) or 'a value'}")
        if not kind.needs_person:
            return self.error(f"{needs}, which the answer of the token request did not tell")
        comes = "comes with a sign-in, and the last one did not bring it"
        again = f"{needs}, which {comes}: sign in again: {self._login_advice(kind)}"
        return self.error(again, "ReconnectRequired")

    def _read(self, given: Mapping[str, Any], environ: Mapping[str, str]) -> Scope:
        """What was given, by the names of the settings."""
        values: dict[str, Any] = {}
        for setting in self.connector.settings:
            reason = ""
            try:
                value = read_setting(setting, given.get(setting.name, omit), environ)
            except SettingFault as fault:
                reason = str(fault)
            if reason:
                # A frame with the values of the others must not hang on the error.
                values.clear()
                raise self.error(f"the setting {setting.name} ({told(setting)}) {reason}")
            if value is not omit:
                values[setting.name] = value
                self.secrets.keep(*secrets_in(setting, value))
                if isinstance(value, JsonSecret):
                    value.when_read = self.secrets.keep
        return Scope(values)

    def _derived(self, given: Mapping[str, Any]) -> Scope:
        """What was given, and the values that are made of it."""
        values = dict(given)
        for name, derived in self.connector.values.items():
            value, reason = _rendered(derived, values)
            if reason:
                values.clear()
                raise self.error(f"the value {name} cannot be derived: {reason}")
            if value is not omit:
                values[name] = value
        return Scope(values)

    def _place(self, template: Any, what: str) -> Place:
        missing = missing_names(template, self.scope, self.connector)
        if missing:
            raise self.lacking(what, missing)
        reason = ""
        try:
            return parse_place(render_url(template, self.scope))
        except (UrlFault, TemplateFault) as fault:
            reason = str(fault)
        raise self.error(f"{what} is not usable: {reason}")

    def _concurrency(self) -> int | None:
        """How many calls at once, perhaps by a setting; None where that is not given."""
        found = self.connector.concurrency
        if found is None or isinstance(found, int):
            return found
        value, reason = _rendered(found, self.scope)
        if reason:
            raise self.error(f"the concurrency cannot be read: {reason}")
        if value is omit:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.error("the concurrency must be a whole number, 1 or more")
        return value

    def _is_open(self, template: Any) -> bool:
        """Whether nothing is missing but what comes with a token."""
        missing = missing_names(template, self.scope, self.connector)
        return bool(missing) and self._captures.issuperset(missing)

    def _base(self) -> Place | None:
        given = self._options.get("base_url")
        if given is not None:
            return self._place(str(given), "base_url=")
        if self.connector.base_url is None or self._is_open(self.connector.base_url):
            return None
        return self._place(self.connector.base_url, "the base URL")

    def _hosts(self) -> dict[str, Place]:
        given = dict(self._options.get("hosts") or {})
        unknown = sorted(given.keys() - self.connector.hosts.keys())
        if unknown:
            known = ", ".join(self.connector.hosts) or "none"
            raise self.error(f"hosts= has no {unknown[0]}; there is {known}")
        found: dict[str, Place] = {}
        for name, template in self.connector.hosts.items():
            if name in given:
                found[name] = self._place(str(given[name]), f"hosts[{name!r}]")
            elif not missing_names(template, self.scope, self.connector):
                found[name] = self._place(template, f"the host {name}")
        return found

    def host(self, name: str | None) -> Place:
        """Where an action's path begins."""
        if self._captured_fault is not None:
            raise self._captured_fault.again()
        if name is not None:
            return self.hosts[name] if name in self.hosts else self._missing_host(name)
        if self.base is None:
            if self.connector.base_url is not None:
                return self._place(self.connector.base_url, "the base URL")
            raise self.error("there is no base URL; give base_url= or a whole URL")
        return self.base

    def learn(self, captured: Mapping[str, Any]) -> None:
        """Take the names that came with a token; they may tell where the service is.

        Raises nothing: what cannot be used is told by the call that needs it.
        """
        if all(self.scope.get(name) == value for name, value in captured.items()):
            return
        with self._learning:
            self._captured_fault = None
            try:
                self.scope = self._derived({**self._settings, **captured})
                self.base, self.hosts = self._base(), self._hosts()
                self._origins.update(self._trusted())
            except ConnectorError as fault:
                self._captured_fault = fault.again()
            self.is_waiting = False

    def waking(self, policy: Policy) -> Flow[None]:
        """Have the token with which names come that calls need."""
        auth = self.authenticator(None)
        if auth is not None:
            yield from auth.wake(policy)
        self.is_waiting = False

    def _missing_host(self, name: str) -> Place:
        return self._place(self.connector.hosts.get(name), f"the host {name}")

    def _trusted(self) -> set[Origin]:
        origins = {place[0] for place in self.hosts.values()}
        if self.base is not None:
            origins.add(self.base[0])
        listed = render(self.connector.origins, self.scope)
        for url in listed if isinstance(listed, (list, tuple)) else []:
            origins.add(self._place(str(url), "an entry of origins=")[0])
        return origins

    def _reached_by(self) -> Network:
        """The way to the service: as the client says it, else as the connector does."""
        connector, options, reason = self.connector, self._options, ""
        if options.get("http_client") is not None:
            return Network()
        proxy, socket, tls = (options.get(name) for name in ("proxy", "socket", "tls"))
        names: dict[str, str] = {}
        if proxy is None and socket is None:
            proxy = self._text_of(connector.proxy, "proxy")
            socket = self._text_of(connector.socket, "socket")
        if tls is None and connector.tls is not None:
            settings = {setting.name: setting for setting in connector.settings}
            fields = {}
            for name, template in connector.tls._fields().items():
                value, reason = _rendered(template, self.scope)
                if reason:
                    raise self.error(f"tls.{name} cannot be read: {reason}")
                fields[name] = None if value is omit else value
                roots = [settings[root] for root in roots_of(template) if root in settings]
                if roots and fields[name] is not None:
                    names[name] = f"tls.{name}, given by {', '.join(map(told, roots))}"
            tls = Tls(**{name: value for name, value in fields.items() if value is not None})
        try:
            return Network(proxy=proxy, socket=socket, tls=tls, names=names)
        except NetworkFault as fault:
            reason = str(fault)
        raise self.error(reason)

    def _text_of(self, template: Any, what: str) -> str | None:
        value, reason = _rendered(template, self.scope)
        if reason:
            raise self.error(f"the {what} cannot be read: {reason}")
        return None if value is omit or value is None or value == "" else str(value)

    def _keep_proxy_secret(self, proxy: str | None) -> None:
        if proxy is not None and "@" in proxy:
            user_info = proxy.partition("://")[2].rpartition("@")[0]
            self.secrets.keep(user_info, user_info.partition(":")[2])

    def _choose(self, auth: Any) -> Choices:
        reason = ""
        try:
            return Choices(self.connector, self.scope, auth)
        except ChoiceFault as fault:
            reason = str(fault)
        raise self.error(reason)

    def authenticator(self, auth: Any) -> Authenticator | None:
        """What authorises calls: of the client (None), a name, NoAuth, or Alternatives.

        The same one for the same words, so that a token is fetched once for all that share it.
        """
        if isinstance(auth, NoAuth) or auth == "none":
            return None
        key = auth.rows if isinstance(auth, Alternatives) else auth
        if key not in self._authenticators:
            reason = ""
            with self._lock:
                try:
                    made = self._workshop.make(self._kind(auth))
                    self._authenticators.setdefault(key, made)
                except (ChoiceFault, CredentialFault) as fault:
                    reason = str(fault)
            if reason:
                raise self.error(reason)
        return self._authenticators[key]

    def advice(self, auth: Any) -> str:
        """Which settings to look at where a credential is refused that nobody can renew."""
        made = self.authenticator(auth)
        is_renewed = made is not None and made.is_refreshable and not made.signs_request
        return "" if made is None or is_renewed else self._choices.told_needs(self._kind(auth))

    def _kind(self, auth: Any) -> Any:
        if auth is None:
            return self._choices.default
        if isinstance(auth, Alternatives):
            return self._choices.first_possible(auth.rows)
        return self._choices.named(auth)

    def after_fork(self) -> None:
        """In a child process: whoever held the locks is not here."""
        self._lock = Lock()
        self._learning = Lock()

    def _fetcher_of(self, kind: OAuth2 | Token) -> "TokenFetcher":
        from ferrule_runtime.credentials.tokens import TokenFetcher

        maker = self._request_maker(kind)
        connector, options = self.connector, self._options
        retry = options.retry(connector, None)
        fetcher = TokenFetcher(
            kind,
            self.scope,
            maker,
            connector.errors,
            retry,
            shelf=self._shelf(kind, maker.identity(kind, self.scope)),
            advice=self._login_advice(kind),
            named=self._named,
        )
        fetcher.on_captured = self.learn
        return fetcher

    def _session_of(self, kind: Session) -> "SessionAuth":
        from ferrule_runtime.credentials.logging_in import SessionAuth, SessionFetcher

        connector = self.connector
        retry = self._options.retry(connector, None)
        maker = self._request_maker(kind)
        signer = None if kind.auth is None else partial(self.authenticator, kind.auth)
        known, proof = self._choices.told_apart(kind)
        identity = (*maker.identity(kind, self.scope), *known)
        fetcher = SessionFetcher(
            kind,
            self.scope,
            maker,
            connector.errors,
            retry,
            signer=signer,
            shelf=None if kind.per == "request" else self._shelf(kind, identity),
            proof=proof,
        )
        return SessionAuth(fetcher)

    def _request_maker(self, kind: Any) -> "RequestMaker":
        from ferrule_runtime.credentials.requests import RequestMaker

        lines = [*self.lines, (b"accept", b"application/json")]
        # Copies of a client share its token, so that the options of the first one hold for it.
        timeout = self._options.timeout(self.connector, None) or self.connector.timeout
        return RequestMaker(
            lambda: None if self.base is None else self.base[:2],
            lines,
            self.secrets,
            timeout,
            lambda: self._choices.told_needs(kind),
        )

    def _named(self, name: str) -> str:
        """How a setting is given; another word as it is."""
        found = next((each for each in self.connector.settings if each.name == name), None)
        return name if found is None else told(found)

    def _login_advice(self, kind: OAuth2 | Token) -> str:
        """What a person does where the client cannot help itself; a store may know better."""
        advice = getattr(self._options.get("token_store"), "advice", None)
        if isinstance(advice, str):
            return advice
        if not isinstance(kind, OAuth2) or not kind.needs_person or not self.connector.package:
            return "connect again"
        name = self._options.get("name")
        told = f"python -m {self.connector.package} login"
        return f"run `{told}`" if name is None else f"run `{told} --name {name}`"

    def _shelf(self, kind: OAuth2 | Token | Session, identity: tuple[str, ...]) -> "Shelf | None":
        """Where the token of a credential is kept, if anywhere."""
        store = self._options.get("token_store", omit)
        if store is omit:
            needs_login = isinstance(kind, OAuth2) and kind.needs_person
            is_given = "refresh_token" in self.scope
            store = self._users_store() if needs_login and not is_given else None
        if store is None:
            return None
        from ferrule_runtime.credentials.shelf import Shelf, key_of

        return Shelf(store, key_of(self.connector.name, self._options.get("name"), identity))

    def _users_store(self) -> Any:
        """The store that `login` fills."""
        from ferrule_runtime.stores import StoreFault, default_store

        reason = ""
        try:
            return default_store(self._environ)
        except StoreFault as fault:
            reason = str(fault)
        raise self.error(f"the token store cannot be used: {reason}")

    def scope_of(self, request: Outgoing) -> Scope:
        """The scope of one attempt: the time, a number used once, and the request."""
        now, nonce = request.moment()
        return self.scope.having(now=now, nonce=nonce, request=RequestFields(request))


def parse_place(text: str) -> Place:
    """Origin, path without a slash at its end, and query of a base URL. Raises UrlFault."""
    origin, path, query = parse_url(text)
    return origin, path.rstrip("/"), query


def _rendered(template: Any, scope: Mapping[str, Any]) -> tuple[Any, str]:
    try:
        return render(template, scope), ""
    except (TemplateFault, ValueError) as fault:
        return omit, str(fault)


def _agent(connector: Connector) -> bytes:
    text = f"{connector.package}/{connector.version} ferrule-runtime/{__version__}"
    return text.encode("ascii", "replace")
