"""What a client makes of an auth kind: something that gives the credential of the moment."""

# ruff: noqa: ARG002 - every authenticator is asked in the same words, also one that needs fewer

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ferrule_runtime.credentials.kinds import AllOf, Basic, Custom, NoAuth, OAuth2, Token
from ferrule_runtime.credentials.logins import Session
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.credentials.proofs import (
    AwsSigV4,
    Digest,
    Jwt,
    OAuth1,
    Signature,
    Wsse,
)
from ferrule_runtime.encode.lines import cookie_line, header_name, header_value
from ferrule_runtime.flows.listen import refreshing
from ferrule_runtime.omit import omit
from ferrule_runtime.scope import Scope
from ferrule_runtime.templates import render, render_text, roots_of
from ferrule_runtime.wire import Call, Credential, Flight, Flow, Reply

if TYPE_CHECKING:
    from ferrule_runtime.credentials.logging_in import SessionAuth
    from ferrule_runtime.credentials.tokens import TokenFetcher
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.secrecy import Secrets

# What is different in each call: a credential that holds one of these is made for each attempt.
CHANGING_ROOTS = frozenset(("now", "nonce", "request"))
PROOFS = (AwsSigV4, Digest, Jwt, OAuth1, Signature, Wsse)
T = TypeVar("T")


class CredentialFault(ValueError):
    """A credential that cannot be sent; tells what is wrong with which value, not the value."""


class Authenticator:
    """Gives credentials. `current` is asked by every attempt and takes no lock."""

    __slots__ = ()
    is_refreshable = False
    # Whether its credential may fill fields of the body, which then has to be encoded again.
    fills_body = True
    # Whether its credential is made of the request as it is sent, and good for that one alone.
    signs_request = False

    def current(self, call: Call) -> Credential | None:
        """The credential to send, or None where one has to be obtained first."""
        raise AssertionError(f"{type(self).__name__} gives no credential")

    def obtain(self, call: Call, policy: "Policy") -> Flow[Credential]:
        """Fetch a credential; called where there is no current one."""
        raise AssertionError(f"{type(self).__name__} fetches no credential")

    def stand_in(self, call: Call, text: str) -> Credential:
        """What shows where a credential would stand that is not there."""
        return self.current(call) or Credential()

    def sign(self, request: Outgoing) -> Credential:
        """The credential for a request that already holds all others; of those that sign."""
        raise AssertionError(f"{type(self).__name__} signs no request")

    def invalidate(self, refused: Credential) -> None:
        """The service has refused this credential."""

    def wake(self, policy: "Policy") -> Flow[None]:
        """Have what has to be fetched, before there is a call that needs it."""
        yield from ()

    def renew(self, refused: Credential, call: Call, reply: Reply) -> bool:
        """Give up a credential that an answer has refused; whether another one can be had."""
        if self.is_refreshable:
            self.invalidate(refused)
        return self.is_refreshable


class Fixed(Authenticator):
    """The same credential for every call."""

    __slots__ = ("_credential", "fills_body")

    def __init__(self, credential: Credential) -> None:
        self._credential = credential
        self.fills_body = bool(credential.body)

    def current(self, call: Call) -> Credential | None:
        return self._credential


class Changing(Authenticator):
    """A credential made anew for each attempt, from the time or from the request."""

    __slots__ = ("_make", "fills_body")
    signs_request = True

    def __init__(self, make: Callable[[Outgoing], Credential], *, fills_body: bool = True) -> None:
        self._make = make
        self.fills_body = fills_body

    def current(self, call: Call) -> Credential | None:
        return self._make(Outgoing(call))

    def sign(self, request: Outgoing) -> Credential:
        return self._make(request)


class Fetched(Authenticator):
    """A token that is fetched, shared by all, and fetched anew when it ends or is refused."""

    __slots__ = ("_fetcher", "fills_body")
    is_refreshable = True

    def __init__(self, fetcher: "TokenFetcher") -> None:
        self._fetcher = fetcher
        self.fills_body = fetcher.kind.apply[0] == "body"

    @property
    def fetcher(self) -> "TokenFetcher":
        """What fetches its token."""
        return self._fetcher

    def current(self, call: Call) -> Credential | None:
        return self._fetcher.source.current()

    def stand_in(self, call: Call, text: str) -> Credential:
        kind = self._fetcher.kind
        return applied(text, kind.apply, kind.scheme, self._fetcher.scope)

    def obtain(self, call: Call, policy: "Policy") -> Flow[Credential]:
        return (yield from self._got(policy, call.deadline, policy.seconds_left(call)))

    def wake(self, policy: "Policy") -> Flow[None]:
        yield from self._got(policy, None, None)

    def _got(
        self, policy: "Policy", deadline: float | None, seconds: float | None
    ) -> Flow[Credential]:
        fetcher = self._fetcher

        def fetch() -> Flow[Credential]:
            return refreshing("auth.token", fetcher.fetch(policy, deadline), policy)

        credential: Credential = yield Flight(
            fetcher.source,
            fetch,
            seconds,
            finishes=fetcher.spends_refresh_token,
        )
        return credential

    def invalidate(self, refused: Credential) -> None:
        self._fetcher.invalidate(refused)


class _Joined(Credential):
    """Several credentials in one, which remembers them: each of them may be refused."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Credential, ...]) -> None:
        super().__init__(
            [line for each in parts for line in each.headers],
            {name: text for each in parts for name, text in each.query.items()},
            {name: text for each in parts for name, text in each.cookies.items()},
            {name: value for each in parts for name, value in each.body.items()},
        )
        self.parts = parts


class Together(Authenticator):
    """Several credentials in one request; those that sign it are made last, over the others."""

    __slots__ = ("_parts", "_plain", "_signing", "fills_body", "is_refreshable", "signs_request")

    def __init__(self, parts: Iterable[Authenticator]) -> None:
        given = tuple(parts)
        self._plain = tuple(part for part in given if not part.signs_request)
        self._signing = tuple(part for part in given if part.signs_request)
        self._parts = (*self._plain, *self._signing)
        self.is_refreshable = any(part.is_refreshable for part in given)
        self.fills_body = any(part.fills_body for part in given)
        self.signs_request = bool(self._signing)

    @property
    def parts(self) -> "tuple[Authenticator, ...]":
        """Those that are joined."""
        return self._parts

    def current(self, call: Call) -> Credential | None:
        found = [part.current(call) for part in self._plain]
        ready = tuple([each for each in found if each is not None])
        return self._joined(call, ready) if len(ready) == len(found) else None

    def obtain(self, call: Call, policy: "Policy") -> Flow[Credential]:
        ready: list[Credential] = []
        for part in self._plain:
            credential = part.current(call)
            if credential is None:
                credential = yield from part.obtain(call, policy)
            ready.append(credential)
        return self._joined(call, tuple(ready))

    def wake(self, policy: "Policy") -> Flow[None]:
        for part in self._parts:
            yield from part.wake(policy)

    def _joined(self, call: Call, ready: tuple[Credential, ...]) -> Credential:
        for part in self._signing:
            ready = (*ready, part.sign(Outgoing(call, _Joined(ready))))
        return _Joined(ready)

    def stand_in(self, call: Call, text: str) -> Credential:
        return _Joined(tuple(part.stand_in(call, text) for part in self._parts))

    def renew(self, refused: Credential, call: Call, reply: Reply) -> bool:
        if not isinstance(refused, _Joined):
            return False
        pairs = zip(self._parts, refused.parts, strict=True)
        renewed = [part.renew(credential, call, reply) for part, credential in pairs]
        return any(renewed)


class Workshop:
    """Makes authenticators of kinds, from the settings of one client."""

    __slots__ = ("_fetched", "_fetcher_of", "_scope", "_scope_of", "_secrets", "_session_of")

    def __init__(
        self,
        scope: Scope,
        secrets: "Secrets",
        *,
        scope_of: Callable[[Outgoing], Scope],
        fetcher_of: "Callable[[OAuth2 | Token], TokenFetcher]",
        session_of: "Callable[[Session], SessionAuth]",
    ) -> None:
        self._scope = scope
        self._secrets = secrets
        self._scope_of = scope_of
        self._fetcher_of = fetcher_of
        self._session_of = session_of
        self._fetched: list[tuple[Any, Authenticator]] = []

    def make(self, kind: Any) -> Authenticator | None:
        """The authenticator of a kind; None for no auth. Raises CredentialFault."""
        if kind is None or isinstance(kind, NoAuth):
            return None
        if isinstance(kind, AllOf):
            return Together(self._parts(kind))
        is_renewed = isinstance(kind, Token) and kind.refresh is not None
        if isinstance(kind, (OAuth2, Session)) or is_renewed:
            return self._shared(kind)
        if isinstance(kind, PROOFS):
            from ferrule_runtime.credentials.signing import signing

            return self._guarded(lambda: signing(kind, self._scope, self._secrets, self._scope_of))
        if not CHANGING_ROOTS.isdisjoint(roots_of(templates_of(kind))):
            fills_body = not isinstance(kind, Custom) or bool(kind.body)
            return Changing(
                lambda request: self._credential(kind, self._scope_of(request)),
                fills_body=fills_body,
            )
        return Fixed(self._credential(kind, self._scope))

    def _parts(self, kind: AllOf) -> Iterator[Authenticator]:
        """The authenticators of all the kinds inside, however deep they are nested."""
        for each in kind.kinds:
            if isinstance(each, AllOf):
                yield from self._parts(each)
                continue
            part = self.make(each)
            if part is not None:
                yield part

    def _shared(self, kind: Any) -> Authenticator:
        """The same token for the same kind, wherever a spec names it."""
        for made_of, fetched in self._fetched:
            if made_of == kind:
                return fetched
        made: Authenticator
        if isinstance(kind, Session):
            made = self._session_of(kind)
        else:
            made = Fetched(self._fetcher_of(kind))
        self._fetched.append((kind, made))
        return made

    def _credential(self, kind: Any, scope: Scope) -> Credential:
        return self._guarded(lambda: credential_of(kind, scope, self._secrets))

    def _guarded(self, make: Callable[[], T]) -> T:
        """What is made, or a fault on which no frame hangs that holds a secret."""
        reason = ""
        try:
            return make()
        except (ValueError, TypeError, ImportError) as fault:
            reason = str(fault)
        raise CredentialFault(reason)


def templates_of(kind: Any) -> Any:
    """The templates whose settings a kind cannot do without, as a nested list."""
    if isinstance(kind, Basic):
        return [kind.username, kind.password]
    if isinstance(kind, Token):
        return [kind.value, kind.scheme]
    return kind.templates if isinstance(kind, (*PROOFS, Custom, Session)) else []


def credential_of(kind: Any, scope: Scope, secrets: "Secrets | None") -> Credential:
    """The credential of a kind that fetches nothing. Raises ValueError, without values.

    What is encoded or derived is told to the `secrets`.
    """
    if isinstance(kind, Custom):
        return _custom(kind, scope)
    assert secrets is not None
    if isinstance(kind, Basic):
        return _basic(
            needed(kind.username, scope, "username"), render_text(kind.password, scope), secrets
        )
    if isinstance(kind, Token):
        value = needed(kind.value, scope, "token")
        secrets.keep(value)
        return applied(value, kind.apply, kind.scheme, scope)
    raise CredentialFault(f"{type(kind).__name__} is no auth kind that this runtime knows")


def needed(value: Any, scope: Mapping[str, Any], what: str) -> str:
    """A template as text. Raises CredentialFault where it has no value."""
    text = render_text(value, scope)
    if text is omit or not text:
        raise CredentialFault(f"the {what} is not given")
    return str(text)


def _basic(username: str, password: Any, secrets: "Secrets") -> Credential:
    from base64 import b64encode

    if ":" in username:
        raise CredentialFault("the user name holds a colon, which basic authentication cannot send")
    pair = f"{username}:{'' if password is omit else password}".encode()
    encoded = b64encode(pair)
    secrets.keep(encoded.decode("ascii"))
    return Credential([(b"authorization", b"Basic " + encoded)])


def applied(value: str, apply: tuple[str, str], scheme: Any, scope: Scope) -> Credential:
    """A value as a credential, at its place in a request."""
    where, name = apply
    prefix = None if scheme is None else render_text(scheme, scope)
    if prefix is not None and prefix is not omit and prefix:
        value = f"{prefix} {value}"
    if where == "header":
        return Credential([(header_name(name), header_value(value, name))])
    if where == "query":
        return Credential(query={name: value})
    if where == "cookie":
        cookie_line({name: value})
        return Credential(cookies={name: value})
    if where == "body":
        return Credential(body={name: value})
    raise CredentialFault(f"a credential cannot be put into {where}")


def _custom(kind: Custom, scope: Scope) -> Credential:
    headers = []
    for name, value in kind.headers.items():
        text = render_text(value, scope)
        if text is not omit:
            headers.append((header_name(name), header_value(text, name)))
    cookies = _texts(kind.cookies, scope)
    cookie_line(cookies)
    return Credential(headers, _texts(kind.query, scope), cookies, render(dict(kind.body), scope))


def _texts(values: Any, scope: Scope) -> dict[str, str]:
    pairs = ((name, render_text(value, scope)) for name, value in values.items())
    return {name: str(text) for name, text in pairs if text is not omit}
